import { goldenWeeks, withGap } from '../test/golden';
import {
  coleKripke,
  coleKripkeIndex,
  cosinor,
  interdailyStability,
  intradailyVariability,
  mainSleepWindows,
  nightMetrics,
  rescoreByWebster,
  restActivity,
  sadeh,
  score,
  sleepRegularityIndex,
} from './index';

const week = goldenWeeks()[0]?.counts ?? new Float32Array();
const nothing = new Float32Array(10_080).fill(NaN);
const flat = new Float32Array(10_080).fill(5);
/** Tuesday afternoon, three hours. */
const afternoon = { start: 1440 + 780, end: 1440 + 960 };
const gapped = withGap(week, afternoon.start, afternoon.end);

test('a gap of an afternoon moves the rhythm a little, and never to zero', () => {
  expect(interdailyStability(gapped)).toBeCloseTo(interdailyStability(week) ?? 0, 1);
  expect(intradailyVariability(gapped)).toBeCloseTo(intradailyVariability(week) ?? 0, 1);
  expect(restActivity(gapped)?.l5).toEqual(restActivity(week)?.l5);
  expect(restActivity(gapped)?.m10.mean).toBeCloseTo(restActivity(week)?.m10.mean ?? 0, -1);
  expect(cosinor(gapped)?.acrophaseMinute).toBeCloseTo(cosinor(week)?.acrophaseMinute ?? 0, -2);
});

test.each([
  ['nothing was measured', nothing],
  ['nothing varies', flat],
])('finds no rhythm if %s', (_, counts) => {
  expect(interdailyStability(counts)).toBeUndefined();
  expect(intradailyVariability(counts)).toBeUndefined();
  expect(cosinor(counts)).toBeUndefined();
  expect(restActivity(counts)?.relativeAmplitude ?? 0).toBe(0);
});

test('a part of the day that was never measured leaves its measures undefined', () => {
  const nightsOnly = week.map((count, minute) => (minute % 1440 < 1200 ? count : NaN));
  expect(restActivity(nightsOnly)).toBeUndefined();
  expect(interdailyStability(nightsOnly)).toBeUndefined();
  expect(intradailyVariability(nightsOnly)).toBeDefined();
  const oneHour = week.map((count, minute) => (minute % 1440 < 60 ? count : NaN));
  expect(cosinor(oneHour)).toBeUndefined();
});

test('a week at rest has no relative amplitude', () => {
  expect(restActivity(new Float32Array(10_080))).toEqual({
    l5: { mean: 0, onsetMinute: 0 },
    m10: { mean: 0, onsetMinute: 0 },
    relativeAmplitude: undefined,
  });
});

test('missing minutes stay missing in every score, and do not make sleep next to them', () => {
  const busy = withGap(new Float32Array(60).fill(60), 20, 40);
  for (const scores of [
    coleKripke(busy, 1),
    rescoreByWebster(coleKripke(busy, 1)),
    sadeh(busy, 300),
  ]) {
    expect([...scores.subarray(20, 40)].every((value) => value === score.missing)).toBe(true);
    expect(scores.includes(score.sleep)).toBe(false);
  }
  expect(coleKripkeIndex(busy, 30)[19]).toBeCloseTo(coleKripkeIndex(busy, 30)[10] ?? 0, 12);
});

test('a night with a gap counts what was measured', () => {
  const { wake: w, sleep: s, missing: m } = score;
  const scores = Uint8Array.from([w, w, s, s, w, m, w, s, s, m, m, w]);
  expect(nightMetrics(scores, { start: 0, end: 12 })).toEqual({
    timeInBed: 12,
    tst: 4,
    sol: 2,
    waso: 2,
    finalWake: 3,
    efficiency: 4 / 9,
    awakenings: 1,
  });
  expect(nightMetrics(scores, { start: 9, end: 11 })).toBeUndefined();
  expect(nightMetrics(scores, { start: 0, end: 2 })).toMatchObject({
    tst: 0,
    sol: 2,
    efficiency: 0,
  });
});

test('regularity compares only minutes that both days have', () => {
  const sameEveryDay = Uint8Array.from({ length: 10_080 }, (_, t) => (t % 1440 < 480 ? 1 : 0));
  expect(sleepRegularityIndex(sameEveryDay)).toBe(100);
  expect(sleepRegularityIndex(sameEveryDay.fill(score.missing, 2000, 5000))).toBe(100);
  expect(sleepRegularityIndex(sameEveryDay.fill(score.missing, 2000))).toBeUndefined();
});

test('no main sleep in a week without data', () => {
  expect(mainSleepWindows(coleKripke(nothing, 30))).toEqual([]);
});
