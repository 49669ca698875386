import { jobVariables, type JobIdentity } from '../programs/job-variables';
import { runBuilt, type ProgramEnd, type ProgramOptions } from '../programs/run-built';
import type { Context } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';

/** A scenario in which the pipeline runs as a job of GitHub; without `job`, as an administrator. */
interface PipelineContext extends Context {
  readonly job?: JobIdentity;
  readonly inBackground?: boolean;
}

/** The same scenario, with the pipeline behind what the others wait for. */
export const inBackground = (context: Context): PipelineContext => ({
  ...context,
  inBackground: true,
});

/** The same scenario, with the pipeline under the role of the jobs that deploy to an environment. */
export const asDeployJob = (context: Context, environment = 'local'): PipelineContext => ({
  ...context,
  job: { role: 'deploy', subject: `environment:${environment}` },
});

/** The same scenario, with the pipeline under the role of the job that rolls back. */
export const asRollbackJob = (context: Context): PipelineContext => ({
  ...context,
  job: { role: 'rollback', subject: 'environment:local' },
});

/** The same scenario, with the pipeline under the role of the jobs that plan. */
export const asPlanJob = (context: Context): PipelineContext => ({
  ...context,
  job: { role: 'plan', subject: 'ref:refs/heads/main' },
});

/**
 * Runs a verb of the built pipeline on the embedded AWS.
 * @returns how it ended, well or not
 */
export function tryPipeline(context: PipelineContext, ...args: string[]): Promise<ProgramEnd> {
  return endedPipeline(context, undefined, ...args);
}

/** The same, ended by a signal in the middle of its work. */
export async function endedPipeline(
  context: PipelineContext,
  end: ProgramOptions['end'],
  ...args: string[]
): Promise<ProgramEnd> {
  const { job, resultOf } = context;
  const { endpoint } = resultOf(startAws);
  const identity =
    job && (await jobVariables(job, endpoint, resultOf(startGitHub).github.identityToken));
  const env = { AWS_ENDPOINT_URL: endpoint, ...identity };
  return runBuilt('tools/pipeline/main.js', args, { ...context, env, ...(end && { end }) });
}

/** The same, for a verb that has to succeed. @throws Error with its last lines if it does not */
export async function pipeline(context: PipelineContext, ...args: string[]): Promise<string> {
  const { exitCode, output, explanation } = await tryPipeline(context, ...args);
  if (exitCode !== 0) throw new Error(explanation);
  return output;
}
