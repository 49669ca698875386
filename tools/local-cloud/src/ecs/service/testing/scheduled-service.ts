import type { CloudClock } from '../../../clock/faster-clock';
import { newService } from '../../deployment/new-service';
import { usualThreshold } from '../../deployment/safeguards';
import type { EcsEvent } from '../../events/event-bus';
import { clusterName } from '../../protocol/arns';
import type { TaskDependencies } from '../../task/supervise-task';
import { taskRegistry } from '../../task/task-registry';
import type { ServiceRecord } from '../service-record';
import { serviceScheduler } from '../service-scheduler';

/** A service of one task with a circuit breaker, and its scheduler; its images cannot be pulled. */
export function scheduledService(clock: CloudClock, dependencies: Partial<TaskDependencies> = {}) {
  const registry = taskRegistry('none', clock);
  const fail = () => Promise.reject(new Error('CannotPullContainerError'));
  const putEvents: EcsEvent[] = [];
  const scheduler = serviceScheduler({
    clock,
    registry,
    putEvent: (event) => void putEvents.push(event),
    alarmReader: { read: () => Promise.resolve({ inAlarm: [], bakeMs: 0 }), close: () => {} },
    deps: {
      clock,
      runtime: { start: fail },
      targets: { register: fail as never, targets: () => [], open: () => () => {} },
      shipper: { send: () => {}, flush: () => Promise.resolve() },
      taskDefinition: fail,
      targetGroup: () => Promise.resolve(undefined),
      roles: {
        canAssume: () => Promise.resolve(true),
        denial: () => Promise.resolve(undefined),
      },
      checkImage: () => Promise.resolve(),
      secretValue: fail,
      platformEnvironment: () => ({}),
      changed: () => {},
      collectorEndpoint: () => '',
      ...dependencies,
    },
  });
  const breaker = { rollback: true, threshold: usualThreshold, resetOnHealthyTask: true };
  const service: ServiceRecord = {
    arn: 'arn:aws:ecs:us-east-1:123456789012:service/test/api',
    name: 'api',
    cluster: clusterName('arn:aws:ecs:us-east-1:123456789012:cluster/test'),
    createdAt: new Date(clock.now()),
    settings: { taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/api:1' },
    tags: [],
    status: 'ACTIVE',
    state: newService(
      1,
      { minimumHealthyPercent: 100, maximumPercent: 200 },
      { breaker, alarms: undefined },
    ),
    capacity: new Map([['gpu', 1]]),
    onePerHost: 'GPU',
    unhealthyTasks: 0,
    revisions: new Map(),
    rollouts: [],
    events: [],
    tasks: new Map(),
  };
  return { scheduler, service, putEvents };
}
