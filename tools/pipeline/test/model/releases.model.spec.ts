import fc from 'fast-check';
import { apps } from '../../src/core/names';
import { violations } from './invariants';
import { environmentNames, simulatedWorld } from './simulated-world';
import { simulatedTime, type SimulatedTime } from './simulated-time';

let mockTime: SimulatedTime;
jest.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => mockTime.sleep(ms),
}));
jest.mock('@clarity/host', () => ({ replaceJson: async () => {} }));
jest.mock('../../src/io/git', () => ({
  currentCommit: async (root: string) => root.slice(1),
  contains: async (root: string, sha: string) => Number(root.slice(1)) >= Number(sha),
}));

jest.mock('../../src/core/affected/workspace-projects', () => ({
  affectedProjects: async () => ['@clarity/api'],
}));

jest.setTimeout(300_000);
jest.useFakeTimers({
  doNotFake: [
    'clearImmediate',
    'clearInterval',
    'clearTimeout',
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'setImmediate',
    'setInterval',
    'setTimeout',
  ],
});

const fate = fc.oneof(
  { weight: 3, arbitrary: fc.constant('good' as const) },
  fc.constant('bad' as const),
);
const workerFate = fc.oneof(
  { weight: 7, arbitrary: fate },
  { weight: 1, arbitrary: fc.constant('late' as const) },
);
const place = fc.constantFrom(...environmentNames);
const services = fc.constantFrom(apps, ['api' as const], ['ml-worker' as const]);
const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ dieAt: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ expireAt: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ throttleEvery: fc.integer({ min: 3, max: 12 }) }),
);
const push = fc.record({
  do: fc.constant('push' as const),
  push: fc.record({
    fates: fc.record({ api: fate, 'ml-worker': workerFate }),
    changes: fc.constantFrom(apps, apps, ['api' as const], ['ml-worker' as const]),
    changesServices: fc.boolean(),
    trouble,
  }),
});
const command = fc.oneof(
  { weight: 3, arbitrary: push },
  fc.record({ do: fc.constant('roll back' as const), place, services, trouble }),
  fc.record({ do: fc.constant('run again' as const), place, nth: fc.nat(5) }),
  fc.record({
    do: fc.constant('update by hand' as const),
    place,
    app: fc.constantFrom(...apps),
    nth: fc.nat(5),
  }),
);
/** How long after the command before; a quarter of a year makes ECS forget its deployments. */
const waits = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
  fc.integer({ min: 8_000, max: 300_000 }),
  fc.constant(10 * 60_000),
  fc.constant(100 * 24 * 3_600_000),
);

test('what runs is what the pointer names, or the run was red', async () => {
  const sequences = fc.array(fc.record({ after: waits, command }), { minLength: 1, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(fc.nat(), sequences, async (seed, sequence) => {
      mockTime = simulatedTime(Date.UTC(2026, 10, 23), (now) => jest.setSystemTime(now));
      const world = simulatedWorld(mockTime, randomFrom(seed));
      await mockTime.pass(600_000);
      for (const { after, command: each } of sequence) {
        await mockTime.pass(after);
        if (each.do === 'push') void world.push(each.push);
        if (each.do === 'roll back') void world.rollBack(each.place, each.services, each.trouble);
        if (each.do === 'run again') void world.runAgain(each.place, each.nth);
        if (each.do === 'update by hand') void world.updateByHand(each.place, each.app, each.nth);
      }
      await mockTime.pass(6 * 3_600_000);
      expect(violations(world)).toEqual([]);
    }),
    { numRuns: Number(process.env['CLARITY_SEQUENCES'] ?? 500) },
  );
});

/** The generator mulberry32: one seed, one order of events. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
