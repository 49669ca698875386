/**
 * What the service scheduler knows of one ECS service. Plain data: `step` turns it and an event
 * into the next one, and nothing else changes it.
 */
export interface ServiceState {
  readonly desiredCount: number;
  readonly limits: DeploymentLimits;
  /** Newest first; the first one is PRIMARY. Older ones stay while they have tasks. */
  readonly deployments: readonly DeploymentState[];
  /** Every task that is not STOPPED. */
  readonly tasks: readonly TaskState[];
  readonly nextTask: number;
  /** The revision that ran alone and healthy last: where a rollback lands. */
  readonly lastCompleted: CompletedDeployment | undefined;
  /** Being deleted: everything stops, nothing starts. */
  readonly draining: boolean;
  /** The last thing said about the service was that it is steady. */
  readonly steady: boolean;
}

export interface DeploymentLimits {
  /** Percent of the desired count that has to stay healthy while deploying; rounded up. */
  readonly minimumHealthyPercent: number;
  /** Percent of the desired count that may exist at once while deploying; rounded down. */
  readonly maximumPercent: number;
}

export interface CompletedDeployment {
  readonly id: string;
  readonly revision: string;
}

/** `failed` is what a tripped circuit breaker makes of a rollout. */
export type Rollout = 'in-progress' | 'completed' | 'failed';

export interface DeploymentState {
  readonly id: string;
  /** Which service revision its tasks run. */
  readonly revision: string;
  readonly rollout: Rollout;
  /** Tasks that ended before they served, counted while the rollout is in progress. */
  readonly failedTasks: number;
  readonly restart: RestartThrottle;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RestartThrottle {
  /** Tasks in a row that did not last. */
  readonly streak: number;
  /** No task of the deployment starts before this time (milliseconds since the epoch). */
  readonly notBefore: number;
}

export interface TaskState {
  /** Counts up within the service. */
  readonly number: number;
  readonly deploymentId: string;
  readonly phase: 'starting' | 'running' | 'stopping';
  /** Passes every health check it has: container and target group. */
  readonly ready: boolean;
  readonly readyAt: number | undefined;
  /** Stopping because a health check failed, which counts as a failure of its revision. */
  readonly failedHealth: boolean;
}

export type ServiceEvent =
  | { readonly kind: 'deploy'; readonly id: string; readonly revision: string }
  | {
      readonly kind: 'configure';
      readonly desiredCount?: number;
      readonly limits?: DeploymentLimits;
    }
  | { readonly kind: 'task-running'; readonly task: number }
  | { readonly kind: 'task-ready'; readonly task: number }
  | { readonly kind: 'task-unhealthy'; readonly task: number; readonly reason: string }
  | { readonly kind: 'task-stopped'; readonly task: number }
  | { readonly kind: 'drain' }
  | { readonly kind: 'tick' };

/** What the scheduler has to do, or to tell. */
export type Command =
  | { readonly kind: 'start-task'; readonly task: number; readonly deploymentId: string }
  | { readonly kind: 'stop-task'; readonly task: number; readonly reason: StopReason }
  | { readonly kind: 'deployment-superseded'; readonly deploymentId: string }
  | { readonly kind: 'deployment-completed'; readonly deploymentId: string }
  | { readonly kind: 'steady-state' }
  | { readonly kind: 'drained' };

export type StopReason =
  { readonly cause: 'scaling' } | { readonly cause: 'health'; readonly detail: string };

export interface Step {
  readonly state: ServiceState;
  readonly commands: readonly Command[];
}

/** A service without a deployment: nothing runs until the first `deploy` event. */
export function newService(desiredCount: number, limits: DeploymentLimits): ServiceState {
  return {
    desiredCount,
    limits,
    deployments: [],
    tasks: [],
    nextTask: 1,
    lastCompleted: undefined,
    draining: false,
    steady: false,
  };
}
