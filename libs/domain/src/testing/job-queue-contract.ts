import { randomUUID } from 'node:crypto';
import type { Job, JobQueue } from '../ports/messages';

export interface JobQueueHarness {
  /** Empty at first, with a visibility timeout of one second and at least four deliveries. */
  readonly queue: JobQueue;
  send(body: string): void | Promise<void>;
}

/** Long enough for a message to reappear; a receive returns as soon as it does. */
const untilRedelivery = 10;

/** What every JobQueue has to do. Takes some seconds: visibility is real time. */
export function describeJobQueue(
  name: string,
  factory: () => JobQueueHarness | Promise<JobQueueHarness>,
): void {
  describe(`${name} as a JobQueue`, () => {
    let queue: JobQueue;
    let send: JobQueueHarness['send'];
    beforeEach(async () => {
      const harness = await factory();
      queue = harness.queue;
      send = (body) => harness.send(body);
    });
    const receiveOne = async (waitSeconds = untilRedelivery): Promise<Job> => {
      const [job] = await queue.receive({ max: 1, waitSeconds });
      if (!job) throw new Error('No job came.');
      return job;
    };

    it('delivers a body to the letter, once while it is held', async () => {
      const body = JSON.stringify({ id: randomUUID(), text: 'Ünïcödé 🙂 <&>' });
      await send(body);
      const job = await receiveOne();
      expect(job).toMatchObject({ body, deliveries: 1 });
      expect(await queue.receive({ max: 10, waitSeconds: 0 })).toEqual([]);
      await queue.complete(job.receipt);
    });

    it('delivers what is enqueued, when its delay is over', async () => {
      const start = performance.now();
      await queue.enqueue('later', { delaySeconds: 2 });
      expect((await receiveOne()).body).toBe('later');
      expect(performance.now() - start).toBeGreaterThanOrEqual(1_500);
    }, 20_000);

    it('delivers at most as many as asked, each once', async () => {
      const bodies = Array.from({ length: 5 }, (_, n) => `job ${n}`);
      for (const body of bodies) await send(body);
      const received: Job[] = [];
      while (received.length < bodies.length) {
        const jobs = await queue.receive({ max: 2, waitSeconds: 1 });
        expect(jobs.length).toBeLessThanOrEqual(2);
        received.push(...jobs);
        for (const { receipt } of jobs) await queue.complete(receipt);
      }
      expect(received.map(({ body }) => body).toSorted()).toEqual(bodies);
    });

    it('wakes a waiting receiver when a job arrives', async () => {
      const waiting = queue.receive({ max: 1, waitSeconds: untilRedelivery });
      await send('late');
      expect((await waiting).map(({ body }) => body)).toEqual(['late']);
    });

    it('answers empty after the wait', async () => {
      const start = performance.now();
      expect(await queue.receive({ max: 1, waitSeconds: 1 })).toEqual([]);
      expect(performance.now() - start).toBeGreaterThanOrEqual(900);
    });

    it('answers empty at once when aborted, before and during the wait', async () => {
      const wait = { max: 1, waitSeconds: untilRedelivery };
      expect(await queue.receive({ ...wait, signal: AbortSignal.abort() })).toEqual([]);
      const start = performance.now();
      expect(await queue.receive({ ...wait, signal: AbortSignal.timeout(100) })).toEqual([]);
      expect(performance.now() - start).toBeLessThan(5_000);
    });

    it('redelivers what was not completed in time, and counts', async () => {
      await send('again');
      const first = await receiveOne();
      const second = await receiveOne();
      expect(second).toMatchObject({
        body: 'again',
        messageId: first.messageId,
        deliveries: 2,
      });
      await queue.complete(second.receipt);
      expect(await queue.receive({ max: 1, waitSeconds: 2 })).toEqual([]);
    }, 20_000);

    it('keeps a job hidden that is extended', async () => {
      await send('long');
      const job = await receiveOne();
      await queue.extend(job.receipt, 4);
      expect(await queue.receive({ max: 1, waitSeconds: 2 })).toEqual([]);
      const again = await receiveOne();
      expect(again.deliveries).toBe(2);
      await queue.complete(again.receipt);
    }, 20_000);

    it('gives an abandoned job to the next receiver at once', async () => {
      await send('not mine');
      const job = await receiveOne();
      await queue.extend(job.receipt, 30);
      await queue.abandon(job.receipt);
      const start = performance.now();
      const again = await receiveOne();
      expect(performance.now() - start).toBeLessThan(3_000);
      expect(again).toMatchObject({ messageId: job.messageId, deliveries: 2 });
      await queue.complete(again.receipt);
    });

    it('lets a job be completed twice, but not extended once it is gone', async () => {
      await send('done');
      const { receipt } = await receiveOne();
      await queue.complete(receipt);
      await queue.complete(receipt);
      await expect(queue.extend(receipt, 10)).rejects.toMatchObject({ kind: 'conflict' });
    });
  });
}
