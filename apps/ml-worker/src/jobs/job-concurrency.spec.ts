import fc from 'fast-check';
import { jobsInFlight, jobTimer } from './job-concurrency';

/** Weeks per millisecond of a model that runs whenever a job is with it. */
function rateOf(inFlight: number, weekMs: number, elsewhereMs: number): number {
  // A closed circuit of two stations (mean value analysis): one that serves in turn, one without a queue.
  let waiting = 0;
  let rate = 0;
  for (let jobs = 1; jobs <= inFlight; jobs++) {
    const stay = weekMs * (1 + waiting);
    rate = jobs / (stay + elsewhereMs);
    waiting = rate * stay;
  }
  return rate;
}

test('with that many jobs in flight the model hardly ever waits', () => {
  const ms = (max: number) => fc.double({ min: 1, max, noNaN: true });
  fc.assert(
    fc.property(ms(500), ms(1_000), (weekMs, elsewhereMs) => {
      const jobs = jobsInFlight(1, { weekMs, elsewhereMs });
      fc.pre(jobs < 256);
      expect(rateOf(jobs, weekMs, elsewhereMs) * weekMs).toBeGreaterThan(0.85);
    }),
  );
});

test('it is two batches if nothing is measured yet, and never more than a task can hold', () => {
  expect(jobsInFlight(32, { weekMs: 0, elsewhereMs: 0 })).toBe(64);
  expect(jobsInFlight(1, { weekMs: 0.01, elsewhereMs: 60_000 })).toBe(256);
});

test('what a job waits for the model is not time elsewhere', async () => {
  let now = 0;
  const timer = jobTimer(() => now);
  const encoder = timer.timeRuns({
    async run() {
      now += 60;
      return new Float32Array();
    },
    release: async () => undefined,
  });
  const { embed } = timer.timeInference({
    manifest: undefined as never,
    async embed() {
      now += 500;
      return [await encoder.run(new Float32Array(3 * 10_080))];
    },
  });
  await timer.timeJob(async () => {
    now += 30;
    await embed([]);
  });
  expect(timer.times()).toEqual({ weekMs: 20, elsewhereMs: 30 });
});
