import { unguarded, type Safeguards } from './safeguards';
import type { DeploymentLimits, ServiceState } from './state';

/** A service without a deployment: nothing runs until the first `deploy` event. */
export function newService(
  desiredCount: number,
  limits: DeploymentLimits,
  safeguards: Safeguards = unguarded,
  capacity?: number,
): ServiceState {
  return {
    desiredCount,
    limits,
    safeguards,
    capacity,
    deployments: [],
    tasks: [],
    nextTask: 1,
    lastCompleted: undefined,
    currentRollout: undefined,
    draining: false,
    steady: false,
    blocked: false,
  };
}
