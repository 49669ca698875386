import fc from 'fast-check';
import { clockByHand } from './testing/clock-by-hand';
import { scheduledService } from './testing/scheduled-service';

it.each([0, 1, 2, 5])('never misses a restart where timers fire %i ms early', async (earlyMs) => {
  const { clock, pass } = clockByHand({ earlyMs, stepMs: 1 });
  const { scheduler, service } = scheduledService(clock);
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
  const { clock, pass } = clockByHand({ speed });
  const { scheduler, service } = scheduledService(clock);
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
