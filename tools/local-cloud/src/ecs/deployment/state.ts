import type { CurrentRollout } from './current-rollout';
import type { Safeguards } from './safeguards';

/**
 * What the service scheduler keeps about one ECS service. Plain data: `step` turns it and an event
 * into the next one, and nothing else changes it.
 */
export interface ServiceState {
  readonly desiredCount: number;
  readonly limits: DeploymentLimits;
  readonly safeguards: Safeguards;
  /** How many of its tasks the hosts can hold at once; undefined: any number (Fargate). */
  readonly capacity: number | undefined;
  /** Newest first; the first one is PRIMARY. Older ones stay while they have tasks. */
  readonly deployments: readonly DeploymentState[];
  /** Every task that is not STOPPED, in the order of their numbers. */
  readonly tasks: readonly TaskState[];
  readonly nextTask: number;
  /** The revision that ran alone and healthy last: where a rollback lands. */
  readonly lastCompleted: CompletedDeployment | undefined;
  /** What is being rolled out, or back, until it ended one way or the other. */
  readonly currentRollout: CurrentRollout | undefined;
  /** Being deleted: everything stops, nothing starts. */
  readonly draining: boolean;
  /** The last thing reported about the service was that it is steady. */
  readonly steady: boolean;
  /** As {@link steady}, that its minimum and maximum percent let nothing move. */
  readonly blocked: boolean;
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

/** `failed` is what a tripped circuit breaker, an alarm or a person makes of a rollout. */
export type Rollout = 'in-progress' | 'completed' | 'failed';

/** Why a rollout failed. */
export type FailureCause = 'tasks-failed' | 'alarm' | 'stopped';

export interface DeploymentState {
  readonly id: string;
  /** Which service revision its tasks run. */
  readonly revision: string;
  readonly rollout: Rollout;
  /** Why it failed or, while it is rolled back to, why the one after it did. */
  readonly cause: FailureCause | undefined;
  /** What the circuit breaker counts: tasks that failed since the last progress. */
  readonly failedTasks: number;
  /** The most tasks that ever served at once. */
  readonly mostReady: number;
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
}

export type ServiceEvent =
  | { readonly kind: 'deploy'; readonly id: string; readonly revision: string }
  | ({ readonly kind: 'configure' } & Partial<
      Pick<ServiceState, 'desiredCount' | 'limits' | 'safeguards' | 'capacity'>
    >)
  | { readonly kind: 'task-running'; readonly task: number }
  | { readonly kind: 'task-ready'; readonly task: number }
  | { readonly kind: 'task-unhealthy'; readonly task: number; readonly reason: string }
  /** `byUser`: a person stopped it, which its revision is not to blame for. */
  | { readonly kind: 'task-stopped'; readonly task: number; readonly byUser?: boolean }
  /** Which of the deployment alarms are in ALARM, and how long they need to notice a fault. */
  | { readonly kind: 'alarms'; readonly inAlarm: readonly string[]; readonly bakeMs: number }
  /** A person has the current rollout go back; the request is shown for a moment before it takes effect. */
  | { readonly kind: 'stop'; readonly shownMs: number }
  | { readonly kind: 'drain' }
  | { readonly kind: 'tick' };

/** What the scheduler has to do, or to tell. */
export type Command =
  | { readonly kind: 'start-task'; readonly task: number; readonly deploymentId: string }
  | { readonly kind: 'stop-task'; readonly task: number; readonly reason: StopReason }
  /** The hosts are full. */
  | { readonly kind: 'cannot-place' }
  /** The minimum and maximum percent let nothing start or stop. */
  | { readonly kind: 'cannot-move' }
  /** Several tasks in a row did not last. */
  | { readonly kind: 'start-impaired' }
  | { readonly kind: 'deployment-superseded'; readonly deploymentId: string }
  | { readonly kind: 'deployment-completed'; readonly deploymentId: string }
  | DeploymentFailed
  | { readonly kind: 'rollback-completed'; readonly deploymentId: string; readonly to: string }
  | { readonly kind: 'rollback-failed'; readonly deploymentId: string; readonly to: string }
  | { readonly kind: 'steady-state' }
  | { readonly kind: 'drained' };

export interface DeploymentFailed {
  readonly kind: 'deployment-failed';
  readonly deploymentId: string;
  readonly cause: FailureCause;
  readonly failedTasks: number;
  /** The alarms that made it fail. */
  readonly alarms: readonly string[];
  readonly rollback:
    | { readonly kind: 'to'; readonly deployment: CompletedDeployment }
    /** Nothing has ever completed. */
    | { readonly kind: 'no-candidate' }
    /** Nobody wants one. */
    | { readonly kind: 'none' };
}

export type StopReason =
  { readonly cause: 'scaling' } | { readonly cause: 'health'; readonly detail: string };

export interface Step {
  readonly state: ServiceState;
  readonly commands: readonly Command[];
}

export const withoutCommands = (state: ServiceState): Step => ({ state, commands: [] });
