import { SSMClient } from '@aws-sdk/client-ssm';
import { openAws } from '../../core/context';
import { consoleReporter } from '../../io/reporter';
import { findWorkspace, type Workspace } from '../../io/workspace';
import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { currentJob } from '../../core/github/job';
import { readPointer } from '../../core/releases/pointer';
import { affectedProjects, hasCommit } from './workspace-projects';
import { affectedBy, baseOf, type Affected, type Base } from './affected-by';

export interface AffectedOptions {
  /** Whose current release is compared with. */
  readonly env?: string;
  /** Compared with instead; needs no AWS. */
  readonly base?: string;
  readonly head: string;
}

/** `pipeline affected`: what changed since the current release, and is not deployed therefore. */
export async function affected(options: AffectedOptions, signal: AbortSignal): Promise<Affected> {
  const workspace = findWorkspace();
  const reporter = consoleReporter();
  const base: Base =
    options.base === undefined
      ? await baseOf(await releasedCommit(options.env, signal), (sha) => hasCommit(workspace, sha))
      : { commit: await knownCommit(workspace, options.base) };
  if (base.commit === undefined) reporter.info(`everything counts as changed: ${base.why}`);
  const range = base.commit === undefined ? undefined : { base: base.commit, head: options.head };
  const result = affectedBy(await affectedProjects(workspace, range, signal), base.commit);
  const list = (names: readonly string[]) => names.join(', ') || 'none';
  reporter.step(`apps: ${list(result.apps)}; stacks: ${list(result.stacks)}`);

  const job = currentJob();
  job.output('base', result.base ?? '');
  job.output('projects', JSON.stringify(result.projects));
  job.output('apps', JSON.stringify(result.apps));
  job.output('stacks', JSON.stringify(result.stacks));
  job.output('deploy', String(result.deploy));
  return result;
}

/** @throws PipelineError `usage` for what is no commit of this clone */
async function knownCommit(workspace: Workspace, commit: string): Promise<string> {
  if (await hasCommit(workspace, commit)) return commit;
  throw new PipelineError(
    'usage',
    `This clone has no commit "${commit}".`,
    'A shallow clone has few: git fetch --unshallow.',
  );
}

async function releasedCommit(env: string | undefined, signal: AbortSignal) {
  if (env === undefined)
    throw new PipelineError('usage', 'Give --env, or --base to compare with a commit.');
  const { environment } = openAws(env, signal);
  return (await readPointer(new SSMClient({ region }), environment))?.gitSha;
}
