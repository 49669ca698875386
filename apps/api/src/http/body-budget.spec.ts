import fc from 'fast-check';
import {
  bodyBudget,
  bodyCapacityOf,
  oldGenerationOf,
  smallBody,
  type Release,
} from './body-budget';

const MiB = 1024 * 1024;

describe('the budget of request bodies', () => {
  it('is never exceeded but by a body that is alone, and comes back whole', () => {
    const step = fc.oneof(
      fc.record({ bytes: fc.integer({ min: smallBody + 1, max: 8 * MiB }), user: fc.nat(9) }),
      fc.record({ release: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 * MiB }), fc.array(step), (capacity, steps) => {
        const budget = bodyBudget(capacity);
        let held: { bytes: number; release: Release }[] = [];
        for (const step of steps) {
          if ('release' in step) {
            const body = held[step.release];
            body?.release();
            body?.release();
            held = held.filter((other) => other !== body);
            continue;
          }
          const release = budget.reserve(step.bytes, `user ${step.user}`);
          if (held.length === 0) expect(release).toBeDefined();
          if (release !== undefined) held.push({ bytes: step.bytes, release });
          const sum = held.reduce((all, { bytes }) => all + bytes, 0);
          expect(held.length <= 1 || sum <= capacity).toBe(true);
        }
        for (const { release } of held) release();
        expect(budget.reserve(8 * MiB, 'anyone')).toBeDefined();
      }),
    );
  });

  it('leaves room for small bodies however many large ones there are', () => {
    const budget = bodyBudget(64 * MiB);
    for (let user = 0; budget.reserve(8 * MiB, `user ${user}`) !== undefined; user++);
    for (let user = 0; user < 100; user++)
      expect(budget.reserve(16 * 1024, `user ${user}`)).toBeDefined();
  });

  it('gives no holder more than a quarter, nor less than one body', () => {
    const budget = bodyBudget(64 * MiB);
    expect(budget.reserve(8 * MiB, 'ada')).toBeDefined();
    expect(budget.reserve(8 * MiB, 'ada')).toBeUndefined();
    expect(budget.reserve(8 * MiB, 'bob')).toBeDefined();
  });

  it('does not count on the young generation of the heap', () => {
    expect(oldGenerationOf(608 * MiB, '--max-semi-space-size=32')).toBe(512 * MiB);
    expect(oldGenerationOf(4_288 * MiB, '')).toBe(4_096 * MiB);
    expect(oldGenerationOf(288 * MiB, '--max-old-space-size=96')).toBe(144 * MiB);
  });

  it('grows with the memory of the process', () => {
    expect(bodyCapacityOf(1024 * MiB) / bodyCapacityOf(512 * MiB)).toBe(2);
    expect(bodyCapacityOf()).toBeGreaterThan(8 * MiB);
  });
});
