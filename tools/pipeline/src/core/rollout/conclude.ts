import { PipelineError, type FailureReason } from '../../errors';
import type { ReleaseStatus } from '../releases/release';
import { appsOf, failedApps, type RolloutEnds } from './roll-out-all';

/** From bad to worst: several rollouts end with the exit code of the worst. Any other reason is worse. */
const fromBadToWorst: readonly FailureReason[] = [
  'untried',
  'rolledBack',
  'stopped',
  'noDeployment',
  'timedOut',
  'rollbackFailed',
];

const statusOf: Partial<Record<FailureReason, ReleaseStatus>> = {
  rolledBack: 'ROLLBACK_SUCCESSFUL',
  rollbackFailed: 'ROLLBACK_FAILED',
  stopped: 'STOPPED',
  untried: 'STOPPED',
};

/** The failure that is reported for several rollouts; undefined if all succeeded. */
export function worstFailure(ends: RolloutEnds): PipelineError | undefined {
  const failures = failedApps(ends).flatMap((app) => {
    const verdict = ends[app]?.verdict;
    return verdict?.kind === 'failure' ? [{ app, ...verdict }] : [];
  });
  const [worst] = failures.toSorted((a, b) => gravity(b.reason) - gravity(a.reason));
  if (!worst) return undefined;
  const text = failures.map(({ app, text: why }) => `${app}: ${why}`).join('\n');
  return new PipelineError(worst.reason, text);
}

/** A reason that no verdict should have, such as `unexpected`, must not hide behind a known one. */
function gravity(reason: FailureReason): number {
  return fromBadToWorst.includes(reason) ? fromBadToWorst.indexOf(reason) : fromBadToWorst.length;
}

export function statusOfRollouts(ends: RolloutEnds): ReleaseStatus {
  const failure = worstFailure(ends);
  return failure ? (statusOf[failure.reason] ?? 'UNKNOWN') : 'SUCCESSFUL';
}

/** How each rollout went, for dist/pipeline/<environment>/rollout.json. */
export function describeEnds(ends: RolloutEnds, startedAt: Date) {
  return appsOf(ends).flatMap((app) => {
    const end = ends[app];
    if (!end) return [];
    const { verdict, deployment, updateCalledAt, ecsFinishedAt, reportedAt } = end;
    const secondsBetween = (from: Date | undefined, to: Date | undefined) =>
      from && to ? (to.getTime() - from.getTime()) / 1000 : undefined;
    return {
      app,
      verdict: verdict.kind === 'success' ? 'success' : verdict.reason,
      deployment,
      secondsToUpdateService: secondsBetween(startedAt, updateCalledAt),
      secondsAfterEcs: secondsBetween(ecsFinishedAt, reportedAt),
    };
  });
}
