import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { runTracks, Stopped } from './run-tracks';

const never = new AbortController().signal;

/** A graph without cycles: each node may wait for earlier ones. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .map(
    (edges) =>
      new Map(
        edges.map((before, index) => [
          index,
          new Set(index === 0 ? [] : before.map((each) => each % index)),
        ]),
      ),
  );

test('each starts after all that has to come before it, and all run', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.scheduler(), async (before, scheduler) => {
      const ended = new Set<number>();
      const running = runTracks(
        before,
        async (node) => {
          for (const each of before.get(node) ?? []) expect(ended).toContain(each);
          await scheduler.schedule(Promise.resolve());
          ended.add(node);
        },
        never,
      );
      await scheduler.waitFor(running);
      expect(ended.size).toBe(before.size);
    }),
  );
});

test('after a failure nothing starts, what runs is stopped, and the failure is the reason', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.nat(), fc.scheduler(), async (before, chosen, scheduler) => {
      const failing = chosen % before.size;
      let hasFailed = false;
      let running = 0;
      const run = runTracks(
        before,
        async (node, signal) => {
          expect(hasFailed).toBe(false);
          running++;
          try {
            await scheduler.schedule(Promise.resolve());
            signal.throwIfAborted();
            if (node === failing) {
              hasFailed = true;
              throw new Error('broken');
            }
          } finally {
            running--;
          }
        },
        never,
      );
      await expect(scheduler.waitFor(run)).rejects.toThrow('broken');
      expect(running).toBe(0);
    }),
  );
});

test('independent ones run at the same time', async () => {
  const before = new Map([
    ['a', new Set<string>()],
    ['b', new Set<string>()],
  ]);
  const started: string[] = [];
  let release = () => {};
  const bothStarted = new Promise<void>((resolve) => (release = resolve));
  await runTracks(
    before,
    async (name) => {
      if (started.push(name) === 2) release();
      await bothStarted;
    },
    never,
  );
  expect(started).toEqual(['a', 'b']);
});

test('an interruption stops all that runs and starts nothing more', async () => {
  const interrupted = new AbortController();
  const reasons: unknown[] = [];
  const before = new Map([
    ['a', new Set<string>()],
    ['b', new Set<string>()],
    ['c', new Set(['a'])],
  ]);
  const run = runTracks(
    before,
    async (_, signal) => {
      await sleep(60_000, undefined, { signal }).catch(() => reasons.push(signal.reason));
    },
    interrupted.signal,
  );
  interrupted.abort(new Error('Interrupted by SIGINT.'));
  await expect(run).rejects.toThrow('Interrupted by SIGINT.');
  expect(reasons).toEqual([interrupted.signal.reason, interrupted.signal.reason]);
});

test('what another failure ended has that as its reason', async () => {
  const before = new Map([
    ['fails', new Set<string>()],
    ['runs', new Set<string>()],
  ]);
  let reason: unknown;
  const run = runTracks(
    before,
    async (name, signal) => {
      if (name === 'fails') throw new Error('broken');
      await sleep(60_000, undefined, { signal }).catch(() => (reason = signal.reason));
    },
    never,
  );
  await expect(run).rejects.toThrow('broken');
  expect(reason).toBeInstanceOf(Stopped);
});
