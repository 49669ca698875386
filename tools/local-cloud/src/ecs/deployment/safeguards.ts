/** What ends a rollout that goes wrong. */
export interface Safeguards {
  readonly breaker: CircuitBreaker | undefined;
  readonly alarms: DeploymentAlarms | undefined;
}

export interface CircuitBreaker {
  readonly rollback: boolean;
  readonly threshold: FailureThreshold;
  readonly resetOnHealthyTask: boolean;
}

/** `thresholdConfiguration` of the API. */
export interface FailureThreshold {
  readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT';
  readonly value: number;
}

export interface DeploymentAlarms {
  readonly names: readonly string[];
  readonly rollback: boolean;
}

export const unguarded: Safeguards = { breaker: undefined, alarms: undefined };

/** Half of the desired count, at least 3 and at most 200: the default of ECS. */
export const usualThreshold: FailureThreshold = { type: 'BOUNDED_PERCENT', value: 50 };

/** How many failed tasks trip the circuit breaker. */
export function failuresToTrip({ type, value }: FailureThreshold, desiredCount: number): number {
  const share = Math.ceil((desiredCount * value) / 100);
  switch (type) {
    case 'COUNT':
      return Math.max(1, value);
    case 'UNBOUNDED_PERCENT':
      return Math.max(1, share);
    case 'BOUNDED_PERCENT':
      return Math.min(200, Math.max(3, share));
  }
}
