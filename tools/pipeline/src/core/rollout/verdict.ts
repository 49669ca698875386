import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { FailureReason } from '../../errors';

/** One ECS service deployment, as the pipeline observes it. */
export interface ObservedDeployment {
  readonly status: ServiceDeploymentStatus;
  /** ARN of the task definition that the deployment rolls out. */
  readonly target: string;
  readonly reason?: string | undefined;
  /** When ECS ended it, by ECS's clock. */
  readonly finishedAt?: Date | undefined;
}

export type FinalVerdict =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly text: string };

export type Verdict = FinalVerdict | { readonly kind: 'underway'; readonly rollingBack: boolean };

/**
 * What an ECS service deployment means for the wanted release. Only SUCCESSFUL with our own task definition
 * is success: a "stable" service may be stable on the previous release, because the circuit breaker rolled
 * it back.
 * @param deployment undefined if ECS has none
 * @param wanted ARN of the task definition to roll out
 */
export function verdictOf(deployment: undefined, wanted: string): FinalVerdict;
export function verdictOf(deployment: ObservedDeployment | undefined, wanted: string): Verdict;
export function verdictOf(deployment: ObservedDeployment | undefined, wanted: string): Verdict {
  if (!deployment)
    return failure('noDeployment', 'ECS has no deployment for this task definition.');
  if (deployment.target !== wanted)
    return failure('unexpected', `This deployment rolls out ${deployment.target}, not ${wanted}.`);
  const why = deployment.reason ? ` ${deployment.reason}` : '';
  switch (deployment.status) {
    case 'SUCCESSFUL':
      return { kind: 'success' };
    case 'PENDING':
    case 'IN_PROGRESS':
    case 'STOP_REQUESTED':
      return { kind: 'underway', rollingBack: false };
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
      return failure('stopped', `It was stopped by hand.${why}`);
    default:
      return failure('unexpected', `ECS reports an unknown status: ${deployment.status}.`);
  }
}

function failure(reason: FailureReason, text: string): FinalVerdict {
  return { kind: 'failure', reason, text };
}
