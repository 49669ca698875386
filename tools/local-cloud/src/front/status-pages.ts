import type { EmbeddedEcs } from '../ecs/embedded-ecs';

/** What people and the rehearsal ask the local cloud itself; undefined where there is no page. */
export function statusPage(path: string, ecs: EmbeddedEcs): unknown {
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
    default:
      return undefined;
  }
}

const running = (ecs: EmbeddedEcs) =>
  ecs.tasks.all().filter(({ record }) => record.lastStatus !== 'STOPPED');
