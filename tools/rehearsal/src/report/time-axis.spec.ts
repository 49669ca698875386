import fc from 'fast-check';
import { duration, ticksOf } from './time-axis';

test('a short and a long rehearsal both get ticks at round times', () => {
  const labels = (seconds: number) => ticksOf(seconds).map(({ label }) => label);
  expect(labels(42)).toEqual(['0', '10 s', '20 s', '30 s', '40 s']);
  expect(labels(24 * 60)).toEqual(['0', '5 min', '10 min', '15 min', '20 min']);
});

test('an axis of any length has at most six ticks, all on it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const ticks = ticksOf(seconds);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(6);
      for (const { at } of ticks) expect(at).toBeLessThanOrEqual(seconds);
    }),
  );
});

test('a duration is in the units that a reader would use', () => {
  expect([0, 59.6, 425, 5400].map(duration)).toEqual(['0 s', '1 min', '7 min 5 s', '1 h 30 min']);
});
