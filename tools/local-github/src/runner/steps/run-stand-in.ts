import { standInFor } from '../actions';
import { processEnvironment, type JobState } from './job-state';

/** Runs what stands in for an action of the marketplace. @param env of the step */
export async function runStandIn(
  job: JobState,
  uses: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<{ ok: true; outputs: Record<string, string> }> {
  const { options, facts, workspace, log, permissions } = job;
  const standIn = standInFor(uses);
  const {
    outputs = {},
    env: added = {},
    path,
    post,
  } = await standIn.run({
    inputs,
    workspace,
    permissions,
    workFolder: options.workFolder,
    repositoryFolder: options.repositoryFolder,
    runId: facts.runId,
    sha: facts.event.sha,
    env: processEnvironment(job, env),
    cacheSeeds: options.cacheSeeds ?? {},
    print: log.print,
    mask: log.mask,
  });
  Object.assign(job.env, added);
  if (path) job.path.unshift(path);
  if (post) job.posts.unshift(post);
  return { ok: true, outputs: { ...outputs } };
}
