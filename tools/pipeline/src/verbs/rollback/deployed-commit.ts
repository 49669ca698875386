import type { AwsContext } from '../../core/context';
import { isCommit } from '../../core/releases/release';
import { historyLength } from './run';

/**
 * The commit of the last deploy that succeeded: its infrastructure was approved for this environment and is in
 * place, while that of main may be neither. Rollbacks do not change it.
 * @returns undefined if there is none, or if it came from a working tree that no commit describes
 */
export async function deployedCommit({
  ledger,
}: Pick<AwsContext, 'ledger'>): Promise<string | undefined> {
  const history = await ledger.list(historyLength);
  const last = history.find(({ kind, outcome }) => kind === 'deploy' && outcome === 'SUCCESSFUL');
  return last && isCommit(last.gitSha) ? last.gitSha : undefined;
}
