import type { AwsStart } from '../../core/context';
import type { EnvironmentName } from '../../core/environment';
import { PipelineError } from '../../errors';
import type { Workspace } from '../../io/workspace';
import { affectedBy, baseOf, type Base } from '../../core/affected/affected-by';
import { affectedProjects, hasCommit } from '../../core/affected/workspace-projects';

export interface AffectedOptions {
  /** Its current release is what is compared with. */
  readonly env: EnvironmentName | undefined;
  /** Compared with instead; needs no AWS. */
  readonly base: string | undefined;
  readonly head: string;
}

type OutputName = 'base' | 'projects' | 'apps' | 'stacks' | 'deploy';

/** `pipeline affected`: what has changed since the current release, and so is not deployed. */
export async function findAffected(
  start: AwsStart,
  { env, base: given, head }: AffectedOptions,
  output: (name: OutputName, value: string) => void,
): Promise<void> {
  const { workspace, reporter, signal } = start;
  const base: Base =
    given === undefined
      ? await baseOf(await releasedCommit(start, env), (sha) => hasCommit(workspace, sha))
      : { commit: await knownCommit(workspace, given) };
  if (base.commit === undefined) reporter.info(`everything counts as changed: ${base.why}`);
  const range = base.commit === undefined ? undefined : { base: base.commit, head };
  const result = affectedBy(await affectedProjects(workspace, range, signal), base.commit);
  const listed = (names: readonly string[]) => names.join(', ') || 'none';
  reporter.step(`apps: ${listed(result.apps)}; stacks: ${listed(result.stacks)}`);

  output('base', result.base ?? '');
  output('projects', JSON.stringify(result.projects));
  output('apps', JSON.stringify(result.apps));
  output('stacks', JSON.stringify(result.stacks));
  output('deploy', String(result.deploy));
}

/** @throws PipelineError `usage` if this clone does not have the commit */
async function knownCommit(workspace: Workspace, commit: string): Promise<string> {
  if (await hasCommit(workspace, commit)) return commit;
  throw new PipelineError(
    'usage',
    `This clone has no commit "${commit}".`,
    'If it is a shallow clone, run: git fetch --unshallow',
  );
}

async function releasedCommit(start: AwsStart, env: EnvironmentName | undefined) {
  if (env === undefined)
    throw new PipelineError('usage', 'Give --env, or --base to compare with a commit.');
  return (await start.openAws(env).pointer.read())?.gitSha;
}
