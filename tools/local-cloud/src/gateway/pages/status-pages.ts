import type { EmbeddedEcs } from '../../ecs/embedded-ecs';
import type { TrafficSecond } from '../../balancer/measure/traffic-by-second';
import { taskLife } from './task-life';

/** What the pages show that is not the ECS's own. */
export interface StatusSources {
  readonly traffic: () => readonly TrafficSecond[];
}

/** What people and the rehearsal ask the local cloud itself; undefined if there is no page. */
export function statusPage(path: string, ecs: EmbeddedEcs, sources: StatusSources): unknown {
  switch (path) {
    case '/_local/health':
      return { status: 'ok', services: ecs.services.all().length, tasks: running(ecs).length };
    case '/_local/tasks':
      return ecs.tasks.all().map(({ record }) => ({
        taskArn: record.arn,
        group: record.group,
        taskDefinition: record.taskDefinitionArn,
        deployment: record.startedBy,
        capacityProvider: record.capacityProvider,
        lastStatus: record.lastStatus,
        health: record.health,
        healthStatus: record.health,
        pids: record.containers.flatMap(({ running: at, exitCode }) =>
          at?.pid !== undefined && exitCode === undefined ? [at.pid] : [],
        ),
        createdAt: record.createdAt,
        startedAt: record.startedAt,
        stoppedAt: record.stoppedAt,
        stoppedReason: record.stoppedReason,
        log: record.logPath,
        containers: record.containers.map(({ name, running: at, exitCode, health }) => ({
          name,
          pid: at?.pid,
          ports: Object.fromEntries(at?.hostPorts ?? []),
          skipped: at?.skipped ?? false,
          exitCode,
          health,
        })),
      }));
    case '/_local/load-balancers':
      return ecs.loadBalancers.reports();
    case '/_local/timeline':
      return ecs.timeline().map(taskLife);
    case '/_local/traffic':
      return sources.traffic();
    default:
      return undefined;
  }
}

const running = (ecs: EmbeddedEcs) =>
  ecs.tasks.all().filter(({ record }) => record.lastStatus !== 'STOPPED');
