import { evenClock } from '@clarity/actigraphy';
import { countedWeeks, goldenMetrics } from '../../test/golden';
import { weekMetrics } from './week-metrics';

const [week = new Float32Array()] = countedWeeks();
const countScaling = { coleKripkeDivisor: 30, sadehCap: 300 };
const clock = evenClock(10_080);
const inBed = [{ start: 1380, end: 1860 }];

test('the document of a golden week holds the golden values', () => {
  const golden = goldenMetrics()['week-a'] ?? {};
  const { sleep, ...rhythm } = weekMetrics({ counts: week, clock, inBed, countScaling });
  expect(rhythm.interdailyStability).toBeCloseTo(golden['IS'] ?? NaN, 9);
  expect(rhythm.l5?.onsetMinute).toBe(golden['L5onsetMinute']);
  expect(rhythm.m10?.mean).toBeCloseTo(golden['M10'] ?? NaN, 9);
  expect(rhythm.relativeAmplitude).toBeCloseTo(golden['RA'] ?? NaN, 9);
  expect(sleep).toMatchObject({
    coleKripkeMinutes: 3138,
    coleKripkeWebsterMinutes: 3073,
    sadehMinutes: golden['sadehSleepMinutesCapped300'],
  });
  expect(sleep?.sleepRegularityIndex).toBeCloseTo(golden['sri'] ?? NaN, 9);
});

test('keeps a given night in bed and finds the others', () => {
  const { sleep } = weekMetrics({ counts: week, clock, inBed, countScaling });
  expect(sleep?.nights.map(({ source }) => source)).toEqual([
    'in_bed',
    ...Array(5).fill('detected'),
  ]);
  expect(sleep?.nights[0]).toMatchObject({ start: 1380, end: 1860, tst: 456, awakenings: 4 });
  const starts = sleep?.nights.map(({ start }) => start) ?? [];
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('a night of which nothing was measured is left out', () => {
  const counts = week.slice().fill(NaN, 1380, 1860);
  const { sleep } = weekMetrics({ counts, clock, inBed, countScaling });
  expect(sleep?.nights.every(({ source }) => source === 'detected')).toBe(true);
});

test('without the unit of the counts there is no sleep scoring', () => {
  expect(weekMetrics({ counts: week, clock, inBed }).sleep).toBeNull();
});

test('a week with an hour of data says null, not nonsense', () => {
  const counts = week.map((count, minute) => (minute < 60 ? count : NaN));
  expect(weekMetrics({ counts, clock, inBed: [], countScaling })).toMatchObject({
    interdailyStability: null,
    l5: null,
    m10: null,
    relativeAmplitude: null,
    cosinor: null,
    sleep: { sleepRegularityIndex: null, nights: [] },
  });
});
