import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from '../edge/reporter';
import { PipelineError } from '../errors';
import type { ServiceDeployments } from './service-deployments';
import { verdictOf } from './verdict';

export interface RolloutOptions {
  readonly taskDefinition: string;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/** ECS lists a new deployment a moment after UpdateService answered. */
const appearsWithinMs = 30_000;

/**
 * Sets one service to a task definition, where it is not already, and watches that one deployment to
 * its end.
 * @throws PipelineError with the verdict's own exit code for every end but success
 */
export async function rollOut(
  service: ServiceDeployments,
  reporter: Reporter,
  options: RolloutOptions,
): Promise<void> {
  const { taskDefinition, timeoutMs, signal } = options;
  const deadline = Date.now() + timeoutMs;
  if ((await service.currentTaskDefinition()) !== taskDefinition)
    await service.startRollout(taskDefinition);
  const deployment = await appearance(service, options);

  const seen = new Set((await service.events()).map(({ id }) => id));
  let told: string | undefined;
  while (Date.now() < deadline) {
    const verdict = verdictOf(await service.observe(deployment), taskDefinition);
    for (const { id, message } of (await service.events()).toReversed())
      if (!seen.has(id)) {
        seen.add(id);
        reporter.info(message);
      }
    if (verdict.kind === 'success') return reporter.info('rolled out');
    if (verdict.kind === 'failure') throw new PipelineError(verdict.reason, verdict.text);
    const state = verdict.rollingBack ? 'ECS is rolling back' : 'rolling out';
    if (state !== told) reporter.info(state);
    told = state;
    await pause(options.pollMs, signal);
  }
  throw new PipelineError('timedOut', `No verdict from ECS after ${timeoutMs / 1000} s.`);
}

async function appearance(
  service: ServiceDeployments,
  { taskDefinition, pollMs, signal }: RolloutOptions,
): Promise<string> {
  for (const deadline = Date.now() + appearsWithinMs; Date.now() < deadline;) {
    const deployment = await service.findDeployment(taskDefinition);
    if (deployment) return deployment;
    await pause(pollMs, signal);
  }
  throw new PipelineError('noDeployment', `ECS started no deployment of ${taskDefinition}.`);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  if (signal.aborted)
    throw new PipelineError(
      'interrupted',
      'Interrupted while ECS was rolling out; the rollout goes on without us.',
    );
}
