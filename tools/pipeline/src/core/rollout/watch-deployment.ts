import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from '../../io/reporter';
import { PipelineError } from '../../errors';
import type { ServiceDeployments } from './service-deployments';
import { verdictOf, type FinalVerdict } from './verdict';

export interface WatchOptions {
  /** What the deployment must roll out. */
  readonly taskDefinition: string;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** Ids of earlier events, which are not reported. */
  readonly seen?: ReadonlySet<string>;
}

export interface WatchEnd {
  readonly verdict: FinalVerdict;
  /** By ECS's clock. */
  readonly ecsFinishedAt?: Date;
}

/**
 * Watches one service deployment until it ends, and reports each event once. A failed AWS call does not
 * decide anything: it is retried until the time is up.
 * @throws PipelineError `interrupted`
 */
export async function watchDeployment(
  service: ServiceDeployments,
  deployment: string,
  reporter: Reporter,
  { taskDefinition, timeoutMs, pollMs, signal, seen = new Set() }: WatchOptions,
): Promise<WatchEnd> {
  const reported = new Set(seen);
  let state: string | undefined;
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    try {
      const observed = await service.observe(deployment);
      for (const { id, message } of (await service.events()).toReversed())
        if (!reported.has(id)) {
          reported.add(id);
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
      reporter.warn(`An AWS call failed: ${(error as Error).message}; retrying`);
    }
    await pause(pollMs, signal);
  }
  const text = `No verdict from ECS after ${timeoutMs / 1000} s; the rollout may still be running.`;
  return { verdict: { kind: 'failure', reason: 'timedOut', text } };
}

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  if (signal.aborted)
    throw new PipelineError(
      'interrupted',
      'Interrupted during the rollout, which continues in ECS.',
      'To watch it, run: npm run pipeline -- rollout --env <name>',
    );
}
