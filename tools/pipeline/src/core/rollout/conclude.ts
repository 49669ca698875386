import { PipelineError, type FailureReason } from '../errors';
import { apps } from '../names';
import type { Outcome } from '../releases/release';
import { failedApps, type RolloutEnds } from './roll-out-all';

/** Worst first: the one exit code of several rollouts is that of the worst. */
const gravity: readonly FailureReason[] = [
  'rollbackFailed',
  'timedOut',
  'noDeployment',
  'stopped',
  'rolledBack',
];

const outcomeOf: Partial<Record<FailureReason, Outcome>> = {
  rolledBack: 'ROLLBACK_SUCCESSFUL',
  rollbackFailed: 'ROLLBACK_FAILED',
  stopped: 'STOPPED',
};

/** The one failure that several rollouts come down to, or undefined where all succeeded. */
export function worstFailure(ends: RolloutEnds): PipelineError | undefined {
  const failures = failedApps(ends).flatMap((app) => {
    const { verdict } = ends[app];
    return verdict.kind === 'failure' ? [{ app, ...verdict }] : [];
  });
  const rank = (reason: FailureReason) => {
    const found = gravity.indexOf(reason);
    return found < 0 ? -1 : found;
  };
  const [worst] = failures.toSorted((a, b) => rank(a.reason) - rank(b.reason));
  if (!worst) return undefined;
  const text = failures.map(({ app, text: why }) => `${app}: ${why}`).join('\n');
  return new PipelineError(worst.reason, text);
}

export function outcomeOfRollouts(ends: RolloutEnds): Outcome {
  const failure = worstFailure(ends);
  return failure ? (outcomeOf[failure.reason] ?? 'UNKNOWN') : 'SUCCESSFUL';
}

/** What dist/pipeline/<environment>/rollout.json says of each rollout. */
export function describeEnds(ends: RolloutEnds, startedAt: Date) {
  return apps.map((app) => {
    const { verdict, deployment, updateCalledAt, ecsFinishedAt, saidAt } = ends[app];
    const secondsBetween = (from: Date | undefined, to: Date | undefined) =>
      from && to ? (to.getTime() - from.getTime()) / 1000 : undefined;
    return {
      app,
      verdict: verdict.kind === 'success' ? 'success' : verdict.reason,
      deployment,
      secondsToUpdateService: secondsBetween(startedAt, updateCalledAt),
      secondsAfterEcs: secondsBetween(ecsFinishedAt, saidAt),
    };
  });
}
