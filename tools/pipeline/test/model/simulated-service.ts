import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';

/** How the tasks of a task definition fare; `late` ones wait for a host for longer than a rollout may take. */
export type Fate = 'good' | 'bad' | 'late';

export interface SimulatedDeployment {
  readonly arn: string;
  /** The number in the service revision's ARN, and in the id of the deployment in DescribeServices. */
  readonly revision: number;
  readonly taskDefinition: string;
  readonly createdAt: number;
  /** When it succeeds, or when the circuit breaker acts; at once if it has no task. */
  readonly decidedAt: number;
  readonly fate: Fate;
  /** What ECS goes back to if it fails; undefined if nothing has ever run well. */
  readonly candidate: { readonly revision: number; readonly taskDefinition: string } | undefined;
  /** When a later UpdateService stopped it, or a person asked for its rollback. */
  ended?: { readonly at: number; readonly by: 'update' | 'stop' };
}

/** What a reader sees of a service at one moment. */
export interface ServiceView {
  readonly deployments: readonly (SimulatedDeployment & { status: ServiceDeploymentStatus })[];
  readonly primary: {
    readonly revision: number;
    readonly taskDefinition: string;
    readonly state: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';
  };
}

const rollbackMs = 10_000;
const lateMs = 45 * 60_000;
/** When the autoscaler stops an app without work, after the end of its last deployment. */
const idleMs = 10 * 60_000;

/** The number of tasks at first, and whether the autoscaler takes it to zero when there is no work. */
export interface Scaling {
  readonly desired: number;
  readonly toZero: boolean;
}

/**
 * An ECS service with a circuit breaker, as a function of time: what happened is kept, what it looks like at
 * a moment is computed, so that a stale read is a read of an earlier moment.
 */
export function simulatedService(
  first: string,
  fateOf: (taskDefinition: string) => Fate,
  at: number,
  scaling: Scaling,
) {
  const deployments: SimulatedDeployment[] = [];
  const counts = [{ at: 0, desired: scaling.desired }];
  let revisions = 0;
  const add = (taskDefinition: string, createdAt: number, durationMs: number) => {
    const { primary } = deployments.length > 0 ? view(createdAt) : { primary: undefined };
    const underway = view(createdAt).deployments.find(({ status }) => isUnderway(status));
    const original = deployments.find(({ arn }) => arn === underway?.arn);
    // A rollback that is under way is not stopped by an update: both end.
    if (original && !isRollingBack(underway?.status))
      original.ended = { at: createdAt, by: 'update' };
    const revision = ++revisions;
    const fate = desiredAt(createdAt) === 0 ? 'good' : fateOf(taskDefinition);
    const took = desiredAt(createdAt) === 0 ? 1_000 : fate === 'late' ? lateMs : durationMs;
    const created: SimulatedDeployment = {
      arn: `arn:aws:ecs:us-east-1:1:service-deployment/c/s/${revision}`,
      revision,
      taskDefinition,
      createdAt,
      decidedAt: createdAt + took,
      fate,
      candidate: primary && lastGood(createdAt),
    };
    deployments.push(created);
    return created;
  };

  function statusAt(deployment: SimulatedDeployment, now: number): ServiceDeploymentStatus {
    const { ended, decidedAt, createdAt, fate, candidate } = deployment;
    if (ended && ended.at <= now && ended.at < decidedAt) {
      if (ended.by === 'update') return 'STOPPED';
      if (!candidate) return 'ROLLBACK_FAILED';
      return now < ended.at + backMs(fate) ? 'ROLLBACK_IN_PROGRESS' : 'ROLLBACK_SUCCESSFUL';
    }
    if (now < createdAt + 1_000) return 'PENDING';
    if (now < decidedAt) return 'IN_PROGRESS';
    if (fate !== 'bad') return 'SUCCESSFUL';
    if (!candidate) return 'ROLLBACK_FAILED';
    return now < decidedAt + rollbackMs ? 'ROLLBACK_IN_PROGRESS' : 'ROLLBACK_SUCCESSFUL';
  }

  function desiredAt(now: number): number {
    const { at: setAt = 0, desired = 0 } = counts.findLast((each) => each.at <= now) ?? {};
    const newest = deployments.findLast(({ createdAt }) => createdAt <= now);
    const busyUntil = Math.max(setAt, newest ? endOf(newest) : 0);
    return scaling.toZero && now >= busyUntil + idleMs ? 0 : desired;
  }

  function lastGood(now: number) {
    const good = deployments.findLast((each) => statusAt(each, now) === 'SUCCESSFUL');
    return good && { revision: good.revision, taskDefinition: good.taskDefinition };
  }

  function view(now: number): ServiceView {
    const seen = deployments
      .filter(({ createdAt }) => createdAt <= now)
      .map((each) => ({ ...each, status: statusAt(each, now) }));
    const newest = seen.at(-1);
    if (!newest)
      return {
        deployments: [],
        primary: { revision: 0, taskDefinition: '', state: 'COMPLETED' },
      };
    const { status, candidate, revision, taskDefinition } = newest;
    const rollingBack = isRollingBack(status) || status === 'ROLLBACK_SUCCESSFUL';
    if (rollingBack && candidate)
      return {
        deployments: seen,
        primary: {
          ...candidate,
          state: status === 'ROLLBACK_SUCCESSFUL' ? 'COMPLETED' : 'IN_PROGRESS',
        },
      };
    const state =
      status === 'SUCCESSFUL'
        ? 'COMPLETED'
        : status === 'ROLLBACK_FAILED'
          ? 'FAILED'
          : 'IN_PROGRESS';
    return { deployments: seen, primary: { revision, taskDefinition, state } };
  }

  add(first, at - 60_000, 1_000);
  return {
    view,
    desiredAt,
    /** UpdateService: nothing new starts if nothing changes, unless it is forced. */
    update(
      taskDefinition: string,
      now: number,
      {
        force = false,
        durationMs,
        desired,
      }: { force?: boolean; durationMs: number; desired?: number | undefined },
    ) {
      // What the autoscaler has stopped stays so, although a deployment is new.
      if (desiredAt(now) === 0) counts.push({ at: now, desired: 0 });
      if (desired !== undefined) counts.push({ at: now, desired });
      if (force || view(now).primary.taskDefinition !== taskDefinition)
        add(taskDefinition, now, durationMs);
      return view(now);
    },
    /** StopServiceDeployment with ROLLBACK. @returns false if it has ended */
    stop(arn: string, now: number): boolean {
      const found = view(now).deployments.find((each) => each.arn === arn);
      if (!found || !isUnderway(found.status)) return false;
      const original = deployments.find((each) => each.arn === arn);
      if (original && !isRollingBack(found.status)) original.ended = { at: now, by: 'stop' };
      return true;
    },
    /** What its tasks run once everything has ended. */
    runs: (now: number) => view(now).primary,
  };
}
export type SimulatedService = ReturnType<typeof simulatedService>;

/** Without a host there is none for the way back either. */
function backMs(fate: Fate): number {
  return fate === 'late' ? lateMs : rollbackMs;
}

/** When ECS has nothing more to do for a deployment. */
function endOf({ ended, decidedAt, fate }: SimulatedDeployment): number {
  if (ended && ended.at < decidedAt) return ended.at + (ended.by === 'stop' ? backMs(fate) : 0);
  return fate === 'bad' ? decidedAt + rollbackMs : decidedAt;
}

function isUnderway(status: ServiceDeploymentStatus): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS' || isRollingBack(status);
}
function isRollingBack(status: ServiceDeploymentStatus | undefined): boolean {
  return status === 'ROLLBACK_IN_PROGRESS' || status === 'ROLLBACK_REQUESTED';
}
