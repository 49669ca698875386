import type { Job } from '@clarity/domain';
import { inMemoryJobQueue, type InMemoryJobQueue } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import { runQueueLoop, type QueueLoop } from './queue-loop';

const quiet = createLogger('test', 'silent');

function loop(queue: InMemoryJobQueue, handle: QueueLoop['handle'], stop: AbortController) {
  return runQueueLoop({
    queue,
    handle,
    wanted: () => 3,
    waitSeconds: 1,
    signal: stop.signal,
    log: quiet,
  });
}

/** A gate that opens on demand. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('takes no more jobs than are wanted, and goes on as they finish', async () => {
  const queue = inMemoryJobQueue();
  for (let i = 0; i < 7; i++) queue.send(`job ${i}`);
  const receive = jest.spyOn(queue, 'receive');
  const stop = new AbortController();
  const full = gate();
  const go = gate();
  let atOnce = 0;
  let most = 0;
  const done: string[] = [];
  const running = loop(
    queue,
    async ({ body, receipt }: Job) => {
      most = Math.max(most, ++atOnce);
      if (most === 3) full.open();
      await go.opened;
      atOnce--;
      await queue.complete(receipt);
      done.push(body);
      if (done.length === 7) stop.abort();
      return true;
    },
    stop,
  );
  await full.opened;
  expect(receive).toHaveBeenCalledTimes(1);
  go.open();
  await running;
  expect(most).toBe(3);
  expect(done).toHaveLength(7);
  expect(receive.mock.calls.every(([{ max }]) => max >= 1 && max <= 3)).toBe(true);
});

test('finishes its jobs on a stop, and gives back what the poll under way brings', async () => {
  const queue = inMemoryJobQueue();
  queue.send('in flight');
  const stop = new AbortController();
  const started = gate();
  const finish = gate();
  const handled: string[] = [];
  const running = loop(
    queue,
    async ({ body }) => {
      started.open();
      await finish.opened;
      handled.push(body);
      return true;
    },
    stop,
  );
  await started.opened;
  stop.abort();
  queue.send('too late');
  finish.open();
  await running;
  expect(handled).toEqual(['in flight']);
  expect(queue.pending).toEqual(['in flight', 'too late']);
  expect(await queue.receive({ max: 1, waitSeconds: 0 })).toMatchObject([
    { body: 'too late', deliveries: 2 },
  ]);
});

test('a queue that fails is asked again', async () => {
  const queue = inMemoryJobQueue();
  queue.failNext('unavailable', 3);
  queue.send('after the outage');
  const stop = new AbortController();
  const bodies: string[] = [];
  await loop(
    queue,
    async ({ body }) => {
      bodies.push(body);
      stop.abort();
      return true;
    },
    stop,
  );
  expect(bodies).toEqual(['after the outage']);
});

test('while jobs fail for want of what they need, one at a time is tried, ever later', async () => {
  const queue = inMemoryJobQueue();
  for (let i = 0; i < 40; i++) queue.send(`job ${i}`);
  const stop = new AbortController();
  const receive = jest.spyOn(queue, 'receive');
  const running = loop(queue, async () => false, stop);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  stop.abort();
  await running;
  const asked = receive.mock.calls.map(([{ max }]) => max);
  expect(asked.slice(1).every((max) => max === 1)).toBe(true);
  expect(asked.length).toBeLessThan(4);
});

test('a job that never ends does not keep it from finding the end of an outage', async () => {
  const queue = inMemoryJobQueue();
  for (const body of ['hangs', ...new Array<string>(5).fill('fails'), 'works']) queue.send(body);
  const stop = new AbortController();
  const hanging = gate();
  const works = gate();
  const running = loop(
    queue,
    async ({ body, receipt }) => {
      if (body === 'hangs') await hanging.opened;
      await queue.complete(receipt);
      if (body === 'works') works.open();
      return body === 'works';
    },
    stop,
  );
  await works.opened;
  stop.abort();
  hanging.open();
  await running;
  expect(queue.pending).toEqual([]);
});
