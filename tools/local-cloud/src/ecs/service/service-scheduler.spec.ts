import fc from 'fast-check';
import { fasterClock, type CloudClock } from '../../clock/faster-clock';
import { clusterName } from '../protocol/arns';
import { newService } from '../deployment/new-service';
import { usualThreshold } from '../deployment/safeguards';
import { taskRegistry } from '../task/task-registry';
import type { ServiceRecord } from './service-record';
import { serviceRegistry } from './service-registry';
import { serviceScheduler } from './service-scheduler';

/** A clock that is turned by hand, and whose timers fire a moment early, as those of Node may. */
function earlyClock(earlyMs: number, { speed = 1, stepMs = 1 } = {}) {
  let now = Date.UTC(2025, 0, 1);
  const timers = new Set<{ at: number; action: () => void }>();
  const clock = fasterClock(
    {
      // Time goes on while a step is made.
      now: () => (now += stepMs) - stepMs,
      after: (ms, action) => {
        const timer = { at: now + ms - earlyMs, action };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    speed,
  );
  /** Fires what is due within `ms`, with everything in between. */
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...timers].sort((a, b) => a.at - b.at);
      now = Math.max(now, Math.min(end, next?.at ?? end));
      if (!next || next.at > now) continue;
      timers.delete(next);
      next.action();
    }
  };
  return { clock, pass };
}

function scheduled(clock: CloudClock) {
  const services = serviceRegistry();
  const registry = taskRegistry('none', clock);
  const fail = () => Promise.reject(new Error('CannotPullContainerError'));
  const none = () => Promise.resolve(undefined);
  const scheduler = serviceScheduler({
    clock,
    registry,
    alarmReader: { read: () => Promise.resolve({ inAlarm: [], bakeMs: 0 }), close: () => {} },
    deps: {
      clock,
      runtime: { start: fail },
      targets: { register: fail as never, targets: () => [], open: () => () => {} },
      shipper: { send: () => {}, flush: () => Promise.resolve() },
      taskDefinition: fail,
      targetGroup: none,
      secretValue: fail,
      platformEnvironment: () => ({}),
    },
  });
  const cluster = clusterName('arn:aws:ecs:us-east-1:123456789012:cluster/test');
  const breaker = { rollback: true, threshold: usualThreshold, resetOnHealthyTask: true };
  const service: ServiceRecord = {
    arn: 'arn:aws:ecs:us-east-1:123456789012:service/test/api',
    name: 'api',
    cluster,
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
    revisions: new Map(),
    rollouts: [],
    events: [],
    tasks: new Map(),
  };
  services.add(service);
  return { scheduler, service, services, registry };
}

it.each([0, 1, 2, 5])('never misses a restart where timers fire %i ms early', async (earlyMs) => {
  const { clock, pass } = earlyClock(earlyMs);
  const { scheduler, service } = scheduled(clock);
  scheduler.deploy(service);
  await pass(10_000);
  expect(service.rollouts).toMatchObject([
    { status: 'ROLLBACK_FAILED', breaker: { status: 'TRIGGERED', failureCount: 3 } },
  ]);
  expect(service.events.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^\(service api\) \(deployment ecs-svc\/\d+\) deployment failed: /),
  );
});

/** What became of a service whose tasks never start, without its ids. */
async function failedRollout(speed: number) {
  const { clock, pass } = earlyClock(0, { speed, stepMs: 0 });
  const { scheduler, service } = scheduled(clock);
  scheduler.deploy(service);
  await pass(Math.ceil(10_000 / speed));
  scheduler.close();
  const messages = service.events.map(({ message }) => message.replace(/[0-9a-f]{19,}/g, '<id>'));
  return { messages, statuses: service.rollouts.map(({ status }) => status) };
}

it('has the same events in the same order at any speed', async () => {
  const expected = await failedRollout(1);
  expect(expected.statuses).toEqual(['ROLLBACK_FAILED']);
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 1, max: 600, noNaN: true }), async (speed) => {
      expect(await failedRollout(speed)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});
