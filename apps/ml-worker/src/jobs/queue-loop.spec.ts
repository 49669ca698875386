import type { Job } from '@clarity/domain';
import { inMemoryJobQueue, type InMemoryJobQueue } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import { runQueueLoop, type QueueLoop } from './queue-loop';

const quiet = createLogger('test', 'silent');

function loop(queue: InMemoryJobQueue, handle: QueueLoop['handle'], stop: AbortController) {
  const options = { queue, handle, room: 3, waitSeconds: 20, signal: stop.signal, log: quiet };
  return runQueueLoop({ ...options, pauseMs: () => 1 });
}

/** A gate that opens on demand. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('takes no more jobs than there is room for, and goes on as they finish', async () => {
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

test('finishes its jobs on a stop and takes no more', async () => {
  const queue = inMemoryJobQueue();
  queue.send('in flight');
  const stop = new AbortController();
  const started = gate();
  const finish = gate();
  let finished = false;
  const running = loop(
    queue,
    async () => {
      started.open();
      await finish.opened;
      finished = true;
    },
    stop,
  );
  await started.opened;
  stop.abort();
  queue.send('too late');
  finish.open();
  await running;
  expect(finished).toBe(true);
  expect(queue.pending).toEqual(['in flight', 'too late']);
  expect(await queue.receive({ max: 1, waitSeconds: 0 })).toMatchObject([{ body: 'too late' }]);
});

test('ends an empty long poll at once on a stop', async () => {
  const stop = new AbortController();
  const running = loop(inMemoryJobQueue(), async () => undefined, stop);
  stop.abort();
  await running;
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
    },
    stop,
  );
  expect(bodies).toEqual(['after the outage']);
});
