import fc from 'fast-check';
import { goldenWeeks, withGap } from '../test/golden';
import { nonWearWindows, withoutWindows } from './non-wear';

const [{ counts: week } = { counts: new Float32Array() }] = goldenWeeks();
/** Worn and moving, but for these minutes. */
function moving(...still: readonly (readonly [start: number, end: number])[]): Float32Array {
  const counts = new Float32Array(10_080).fill(20);
  for (const [start, end] of still) counts.fill(0, start, end);
  return counts;
}

test.each(goldenWeeks())('the calm nights of $name are not non-wear', ({ counts }) => {
  expect(nonWearWindows(counts)).toEqual([]);
});

test('a device that was put down is found, with the still minutes around it', () => {
  const [found, ...others] = nonWearWindows(week.slice().fill(0, 4000, 4600));
  expect(others).toEqual([]);
  expect(found?.start).toBe(4000);
  expect(found?.end).toBeGreaterThanOrEqual(4600);
});

test('three hours are non-wear, a minute less is not', () => {
  expect(nonWearWindows(moving([100, 280], [500, 679]))).toEqual([{ start: 100, end: 280 }]);
});

test('up to two minutes of movement between still ones are an artefact', () => {
  expect(nonWearWindows(moving([100, 280], [282, 312]))).toEqual([{ start: 100, end: 312 }]);
  expect(nonWearWindows(moving([100, 280], [283, 313]))).toEqual([{ start: 100, end: 280 }]);
  expect(nonWearWindows(moving([100, 280], [282, 311]))).toEqual([{ start: 100, end: 280 }]);
});

test('a recording that is still from its first minute to its last was not worn', () => {
  expect(nonWearWindows(moving([0, 10_080]))).toEqual([{ start: 0, end: 10_080 }]);
});

test('a missing minute ends a stretch', () => {
  const counts = withGap(moving([100, 400]), 250, 251);
  expect(nonWearWindows(counts)).toEqual([]);
});

test('windows are long, disjoint, and almost still, in any recording', () => {
  const run = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(0, 0, 1, 50, NaN));
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 40 }), (runs) => {
      const counts = Float32Array.from(
        runs.flatMap(([length, count]) => Array<number>(length).fill(count)),
      );
      let last = -1;
      for (const { start, end } of nonWearWindows(counts)) {
        expect(start).toBeGreaterThan(last);
        expect(end - start).toBeGreaterThanOrEqual(180);
        const inside = counts.subarray(start, end);
        expect(inside.some(Number.isNaN)).toBe(false);
        expect(inside.filter((count) => count > 0).length).toBeLessThan(inside.length / 15);
        last = end;
      }
    }),
  );
});

test('minutes without the device become missing, and the recording stays as it is', () => {
  const counts = moving([100, 400]);
  const worn = withoutWindows(counts, nonWearWindows(counts));
  expect(worn.filter(Number.isNaN).length).toBe(300);
  expect(counts.some(Number.isNaN)).toBe(false);
});
