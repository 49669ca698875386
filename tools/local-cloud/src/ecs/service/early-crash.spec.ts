import { watchHealth } from '../../health/watch-health';
import { targetTable } from '../../balancer/targets/target-table';
import type { TaskRuntime } from '../runtime/task-runtime';
import { clockByHand } from './testing/clock-by-hand';
import { scheduledService } from './testing/scheduled-service';
import type { CloudClock } from '../../clock/faster-clock';

type Check = 'container check' | 'target group check' | 'no check';

const container = { name: 'app', image: 'app@sha256:0', portMappings: [{ containerPort: 80 }] };
const group = {
  arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/1',
  targetType: 'instance',
  loadBalancerArns: [],
  deregistrationDelayMs: 0,
  algorithm: 'round_robin',
  healthCheck: {
    path: '/',
    matcher: '200',
    intervalMs: 5_000,
    timeoutMs: 2_000,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  },
} as const;

/** Runs every task as a program that is fine until it crashes, so long after its start. */
const crashingRuntime = (clock: CloudClock, crashesAfterMs: number): TaskRuntime => ({
  start: (spec, events) => {
    const checks = spec.containers.map(
      ({ name, healthCheck }) =>
        healthCheck &&
        watchHealth(
          () => Promise.resolve(true),
          { ...healthCheck, healthyThreshold: 1, unhealthyThreshold: healthCheck.retries },
          clock,
          () => events.onHealth(name, 'HEALTHY'),
        ),
    );
    const end = () => {
      for (const check of checks) check?.stop();
    };
    clock.after(crashesAfterMs, () => {
      end();
      events.onExit('app', 1);
    });
    const hostPorts = new Map([[80, 1]]);
    return Promise.resolve({
      containers: [{ name: 'app', skipped: false, pid: undefined, hostPorts }],
      stop: () => Promise.resolve(end()),
    });
  },
});

/** How the rollout of an image ends that crashes so long, by the clock, after it has started. */
async function rollout(check: Check, crashesAfterMs: number, speed = 1) {
  const { clock, pass } = clockByHand({ speed });
  const { scheduler, service } = scheduledService(clock, {
    runtime: crashingRuntime(clock, crashesAfterMs),
    targets: targetTable(clock, () => Promise.resolve(undefined)),
    targetGroup: () => Promise.resolve(group),
    taskDefinition: () =>
      Promise.resolve({
        containerDefinitions: [
          {
            ...container,
            ...(check === 'container check' && {
              healthCheck: { command: ['CMD', 'true'], interval: 5 },
            }),
          },
        ],
      }),
  });
  if (check === 'target group check')
    service.settings = {
      ...service.settings,
      loadBalancers: [{ targetGroupArn: group.arn, containerName: 'app', containerPort: 80 }],
    };
  scheduler.deploy(service);
  await pass(300_000 / speed);
  scheduler.close();
  return service.rollouts[0]?.status;
}

it.each<[number, Check]>([
  [300, 'container check'],
  [2_500, 'container check'],
  [4_000, 'container check'],
  [300, 'target group check'],
  [2_500, 'target group check'],
  [4_000, 'target group check'],
  [20_000, 'no check'],
])(
  'never calls an image successful that crashes %i ms after its start, with a %s',
  async (ms, check) => {
    expect(await rollout(check, ms)).toBe('ROLLBACK_FAILED');
  },
);

it.each<[number, Check]>([
  [300, 'container check'],
  [1_900, 'target group check'],
  [1_900, 'no check'],
])(
  'nor one that crashes %i ms of real time after its start on a fast clock, with a %s',
  async (ms, check) => {
    expect(await rollout(check, ms * 40, 40)).toBe('ROLLBACK_FAILED');
  },
);

it.each<[number, Check]>([
  [6_000, 'container check'],
  [6_000, 'target group check'],
  [41_000, 'no check'],
])('calls one successful that crashes only after %i ms, with a %s', async (ms, check) => {
  expect(await rollout(check, ms)).toBe('SUCCESSFUL');
});
