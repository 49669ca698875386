import { Agent } from 'node:http';
import { withRealMinimum, type CloudClock } from '../../clock/faster-clock';
import { watchHealth } from '../../health/watch-health';
import { checkTarget, type CheckFailure } from './check-target';
import type { TargetGroup } from './target-group';

/** A target may close a connection that idles; this is sooner than any server we know does. */
const reusableForMs = 1_000;

/** How long, in real time, a request in flight may take to end, unless the delay is shorter. */
const shortestDelayMs = 5_000;

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining';

/** A process behind a target group. */
export interface Target {
  readonly targetGroupArn: string;
  readonly taskId: string;
  readonly port: number;
  /** Its connections, kept alive between requests. */
  readonly agent: Agent;
  readonly algorithm: TargetGroup['algorithm'];
  state: TargetState;
  /** Of the last health check; undefined if it passed. */
  lastFailure: CheckFailure | undefined;
  /** Requests it has not answered to the end yet. */
  inFlight: number;
  requests: number;
  /** Answers of its own with a status of 500 or more. */
  failures: number;
}

export interface TargetRegistration {
  readonly target: Target;
  /** Routes nothing more to it; resolves when it has answered what it had, or the delay is over. */
  drain(): Promise<void>;
  /** Forgets it at once: its process is gone. */
  remove(): void;
}

/** The targets of every target group that a running task serves. */
export interface TargetTable {
  register(
    group: TargetGroup,
    at: { readonly taskId: string; readonly port: number },
    onState: (state: TargetState) => void,
  ): TargetRegistration;
  targets(targetGroupArn: string): readonly Target[];
  /** Counts a request to a target; call the result when it is over. */
  open(target: Target): () => void;
}

export function targetTable(clock: CloudClock, check = checkTarget): TargetTable {
  const groups = new Map<string, Target[]>();
  const idle = new Map<Target, () => void>();

  return {
    targets: (arn) => groups.get(arn) ?? [],
    open: (target) => {
      target.inFlight += 1;
      target.requests += 1;
      return () => {
        target.inFlight -= 1;
        if (target.inFlight === 0) idle.get(target)?.();
      };
    },
    register: (group, { taskId, port }, onState) => {
      const target: Target = {
        targetGroupArn: group.arn,
        taskId,
        port,
        agent: new Agent({ keepAlive: true, timeout: reusableForMs }),
        algorithm: group.algorithm,
        state: 'initial',
        lastFailure: undefined,
        inFlight: 0,
        requests: 0,
        failures: 0,
      };
      groups.set(group.arn, [...(groups.get(group.arn) ?? []), target]);
      const { healthCheck } = group;
      const checks = watchHealth(
        async () => {
          target.lastFailure = await check(port, healthCheck);
          return target.lastFailure === undefined;
        },
        { ...healthCheck, startPeriodMs: 0 },
        clock,
        (health) => {
          target.state = health;
          onState(health);
        },
      );
      const remove = () => {
        checks.stop();
        target.agent.destroy();
        groups.set(
          group.arn,
          (groups.get(group.arn) ?? []).filter((each) => each !== target),
        );
      };
      const delay = withRealMinimum(clock, group.deregistrationDelayMs, shortestDelayMs);
      const drain = async () => {
        checks.stop();
        target.state = 'draining';
        closeIdle(target.agent);
        onState('draining');
        if (target.inFlight > 0)
          await new Promise<void>((resolve) => {
            const cancel = clock.after(delay, resolve);
            idle.set(target, () => {
              cancel();
              resolve();
            });
          });
        idle.delete(target);
        remove();
      };
      return { target, drain, remove };
    },
  };
}

/** Closes idle connections now, and the others as soon as they have nothing to do. */
function closeIdle(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const idle of Object.values(agent.freeSockets))
    for (const socket of idle ?? []) socket.destroy();
}
