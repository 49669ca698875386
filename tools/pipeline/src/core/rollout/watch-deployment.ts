import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from '../../io/reporter';
import { PipelineError } from '../../errors';
import { explainedAwsError, isRefusal } from '../aws-errors';
import type { ServiceDeployments } from './service-deployments';
import { verdictOf, type FinalVerdict } from './verdict';

export interface WatchOptions {
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** Ids of earlier events, which are not reported. */
  readonly seen?: ReadonlySet<string>;
}

export interface WatchEnd {
  readonly verdict: FinalVerdict;
  readonly deployment?: string;
  /** By ECS's clock. */
  readonly ecsFinishedAt?: Date;
}

/**
 * Watches the rollout of one service revision until it ends, and reports each event once. A failed AWS call
 * does not decide anything: it is retried until the time is up, unless AWS refuses these credentials.
 * @throws PipelineError `interrupted`
 */
export async function watchDeployment(
  service: ServiceDeployments,
  revision: string,
  reporter: Reporter,
  { timeoutMs, pollMs, signal, seen = new Set() }: WatchOptions,
): Promise<WatchEnd> {
  const reported = new Set(seen);
  let state: string | undefined;
  const startedAt = Date.now();
  for (let ageMs = 0; ageMs < timeoutMs; ageMs = Date.now() - startedAt) {
    try {
      const deployment = await service.newest(revision);
      const { primary, events } = await service.read();
      for (const { id, message } of events.toReversed())
        if (!reported.has(id)) {
          reported.add(id);
          reporter.info(message);
        }
      const verdict = verdictOf({ revision, primary, deployment, ageMs });
      if (verdict.kind !== 'underway') {
        const { arn, finishedAt } = deployment ?? {};
        return {
          verdict,
          ...(arn === undefined ? {} : { deployment: arn }),
          ...(finishedAt === undefined ? {} : { ecsFinishedAt: finishedAt }),
        };
      }
      const now = verdict.rollingBack ? 'ECS is rolling back' : 'rolling out';
      if (now !== state) reporter.info(now);
      state = now;
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      if (isRefusal(error)) return { verdict: unseen('environment', messageOf(error)) };
      reporter.warn(`An AWS call failed: ${messageOf(error)}; retrying`);
    }
    await pause(pollMs, signal);
  }
  return { verdict: unseen('timedOut', `No verdict from ECS after ${timeoutMs / 1000} s.`) };
}

/** The verdict on a rollout that goes on in ECS unseen. */
function unseen(reason: 'environment' | 'timedOut', text: string): FinalVerdict {
  return { kind: 'failure', reason, text: `${text} The rollout may still be running.` };
}

export function messageOf(error: unknown): string {
  const explained = explainedAwsError(error);
  return explained instanceof Error ? explained.message : String(explained);
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
