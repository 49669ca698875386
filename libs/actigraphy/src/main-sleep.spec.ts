import { goldenWeeks } from '../test/golden';
import { coleKripke } from './cole-kripke';
import { mainSleepWindows } from './main-sleep';
import { score } from './sleep-scores';
import { rescoreByWebster } from './webster';

function week(...sleeps: readonly (readonly [start: number, end: number])[]): Uint8Array {
  const scores = new Uint8Array(10_080);
  for (const [start, end] of sleeps) scores.fill(1, start, end);
  return scores;
}

test('the six whole nights of a week, from first to last minute asleep', () => {
  const [{ counts } = { counts: new Float32Array() }] = goldenWeeks();
  const windows = mainSleepWindows(rescoreByWebster(coleKripke(counts, 30)));
  expect(windows).toHaveLength(6);
  expect(windows[0]).toEqual({ start: 1389, end: 1860 });
  for (const { start, end } of windows) {
    expect(start % 1440 > 1320 || start % 1440 < 120).toBe(true);
    expect(end - start).toBeGreaterThan(360);
  }
});

test('an hour awake does not part a sleep, more does', () => {
  expect(mainSleepWindows(week([1400, 1600], [1660, 1800]))).toEqual([{ start: 1400, end: 1800 }]);
  expect(mainSleepWindows(week([1400, 1600], [1661, 1800]))).toEqual([{ start: 1400, end: 1600 }]);
});

test('naps and sleep that the recording cuts off are not main sleep', () => {
  expect(mainSleepWindows(week([0, 400], [2200, 2379], [9700, 10_080]))).toEqual([]);
});

test('a day sleeper has a main sleep too', () => {
  expect(mainSleepWindows(week([1900, 2300], [2400, 2500]))).toEqual([{ start: 1900, end: 2300 }]);
});

test('a sleep by day is not the main sleep of a night of which little was measured', () => {
  const scores = week([2080, 2300]);
  expect(mainSleepWindows(scores)).toEqual([{ start: 2080, end: 2300 }]);
  expect(mainSleepWindows(scores.fill(score.missing, 2880 - 180, 2880 + 200))).toEqual([]);
});
