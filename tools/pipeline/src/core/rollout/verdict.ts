import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { FailureReason } from '../../errors';
import type { ObservedDeployment, PrimaryDeployment } from './service-deployments';

export type FinalVerdict =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly text: string };

export type Verdict = FinalVerdict | { readonly kind: 'underway'; readonly rollingBack: boolean };

/** What ECS shows of a rollout at one moment; each part may be some seconds old. */
export interface RolloutObservation {
  /** Number of the service revision that is rolled out. */
  readonly revision: string;
  readonly primary: PrimaryDeployment;
  /** The deployment of that revision; undefined if ECS does not list it. */
  readonly deployment: ObservedDeployment | undefined;
  /** How long ago the rollout began. */
  readonly ageMs: number;
}

/** How long ECS may take to show what it has done: it promises no time, only that it will. */
const visibleWithinMs = 60_000;

/**
 * What ECS shows of a rollout means for the wanted release. Success is a deployment that is SUCCESSFUL and
 * that the service is still at: a "stable" service may be stable on the previous release, because the
 * circuit breaker rolled it back. A deployment that ECS does not list is not visible yet, or has become part
 * of the history that ECS forgets after 90 days; then the state of the service decides.
 */
export function verdictOf(observation: RolloutObservation): Verdict {
  const { revision, primary, deployment, ageMs } = observation;
  const isAtOurs = primary.revision === revision;
  const mayBeStale = ageMs < visibleWithinMs;
  if (!deployment) {
    if (mayBeStale) return underway();
    if (!isAtOurs) return failure('noDeployment', 'ECS has no deployment for this rollout.');
    return ofService(primary);
  }
  const why = deployment.reason ? ` ${deployment.reason}` : '';
  switch (deployment.status) {
    case 'SUCCESSFUL':
      if (isAtOurs) return ofService(primary);
      return mayBeStale
        ? underway()
        : failure('stopped', 'It succeeded, and another deployment has replaced it since.');
    case 'PENDING':
    case 'IN_PROGRESS':
    case 'STOP_REQUESTED':
      return underway();
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return { kind: 'underway', rollingBack: true };
    case 'ROLLBACK_SUCCESSFUL':
      return failure(
        'rolledBack',
        `ECS rolled it back; the previous release is still serving.${why}`,
      );
    case 'ROLLBACK_FAILED':
      return failure('rollbackFailed', `ECS could not roll it back.${why}`);
    case 'STOPPED':
      return failure('stopped', `It was stopped, by hand or by another deployment.${why}`);
    default:
      return failure('unexpected', `ECS reports an unknown status: ${deployment.status}.`);
  }
}

const statusesUnderway = new Set<ServiceDeploymentStatus>([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

export function isUnderway(status: ServiceDeploymentStatus): boolean {
  return statusesUnderway.has(status);
}

/** For a service that is at our revision, which ECS may be on the way back to after a failure. */
function ofService({ state }: PrimaryDeployment): Verdict {
  if (state === 'COMPLETED') return { kind: 'success' };
  return state === 'FAILED' ? failure('rollbackFailed', 'ECS gave it up.') : underway();
}

function underway(): Verdict {
  return { kind: 'underway', rollingBack: false };
}

function failure(reason: FailureReason, text: string): FinalVerdict {
  return { kind: 'failure', reason, text };
}
