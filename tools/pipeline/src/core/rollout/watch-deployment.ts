import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from '../../io/reporter';
import { PipelineError } from '../errors';
import type { ServiceDeployments } from './service-deployments';
import { verdictOf, type FinalVerdict } from './verdict';

export interface WatchOptions {
  /** What the deployment has to roll out. */
  readonly taskDefinition: string;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** Events that are old news. */
  readonly seen?: ReadonlySet<string>;
}

export interface WatchEnd {
  readonly verdict: FinalVerdict;
  /** By ECS's clock. */
  readonly ecsFinishedAt?: Date;
}

/**
 * Watches one service deployment to its end and tells what happens meanwhile, each thing once. An AWS
 * call that fails on the way is no verdict: it is asked again until the time is up.
 * @throws PipelineError `interrupted`
 */
export async function watchDeployment(
  service: ServiceDeployments,
  deployment: string,
  reporter: Reporter,
  { taskDefinition, timeoutMs, pollMs, signal, seen = new Set() }: WatchOptions,
): Promise<WatchEnd> {
  const told = new Set(seen);
  let state: string | undefined;
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    try {
      const observed = await service.observe(deployment);
      for (const { id, message } of (await service.events()).toReversed())
        if (!told.has(id)) {
          told.add(id);
          reporter.info(message);
        }
      const verdict = verdictOf(observed, taskDefinition);
      if (verdict.kind !== 'underway') {
        const ecsFinishedAt = observed?.finishedAt;
        return { verdict, ...(ecsFinishedAt ? { ecsFinishedAt } : {}) };
      }
      const now = verdict.rollingBack ? 'ECS is rolling back' : 'rolling out';
      if (now !== state) reporter.info(now);
      state = now;
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      reporter.warn(`AWS does not answer: ${(error as Error).message}; asking again`);
    }
    await pause(pollMs, signal);
  }
  const text = `No verdict from ECS after ${timeoutMs / 1000} s; the rollout may still be going on.`;
  return { verdict: { kind: 'failure', reason: 'timedOut', text } };
}

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  if (signal.aborted)
    throw new PipelineError(
      'interrupted',
      'Interrupted while ECS was rolling out; the rollout goes on without us.',
      'See how it ends with: npm run pipeline -- rollout --env <name>',
    );
}
