import type { JobQueue } from '@clarity/domain';
import { keepHidden } from './heartbeat';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const queueThat = (extend: JobQueue['extend']) => ({ extend });

test('extends at every third of the visibility, until stopped', async () => {
  const extended: [string, number][] = [];
  const queue = queueThat(async (receipt, seconds) => void extended.push([receipt, seconds]));
  const stop = keepHidden(queue, 'r1', 120, () => undefined);
  await jest.advanceTimersByTimeAsync(39_999);
  expect(extended).toEqual([]);
  await jest.advanceTimersByTimeAsync(40_001);
  expect(extended).toEqual([
    ['r1', 120],
    ['r1', 120],
  ]);
  await stop();
  await jest.advanceTimersByTimeAsync(200_000);
  expect(extended).toHaveLength(2);
});

test('reports a failed call and still makes the next one', async () => {
  const failures: unknown[] = [];
  const stop = keepHidden(
    queueThat(() => Promise.reject(new Error('throttled'))),
    'r1',
    30,
    (error) => failures.push(error),
  );
  await jest.advanceTimersByTimeAsync(20_000);
  await stop();
  expect(failures).toEqual([new Error('throttled'), new Error('throttled')]);
});

test('has stopped when the calls under way have ended', async () => {
  const order: string[] = [];
  const queue = queueThat(async () => {
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    order.push('extended');
  });
  const stop = keepHidden(queue, 'r1', 30, () => undefined);
  await jest.advanceTimersByTimeAsync(20_000);
  const stopped = stop().then(() => order.push('stopped'));
  await jest.advanceTimersByTimeAsync(60_000);
  await stopped;
  expect(order).toEqual(['extended', 'extended', 'stopped']);
});
