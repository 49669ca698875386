import {
  cosinor,
  evenClock,
  interdailyStability,
  mainSleepWindows,
  restActivity,
  sleepRegularityIndex,
} from './index';

const even = evenClock(10_080);
/** The third night's clock change, at 2 in spring and at 3 in autumn. */
const spring = even.map((minute) => (minute < 3000 ? minute : minute + 60));
const autumn = even.map((minute) => (minute < 3060 ? minute : minute - 60));

/** A person who lives by the local clock: asleep from 23 to 7, most active at 15. */
const isAsleep = (local: number) => (local + 60) % 1440 < 480;
const countsOf = (clock: Int32Array) =>
  Float32Array.from(clock, (local) =>
    isAsleep(local) ? 1 : 60 + 50 * Math.cos((2 * Math.PI * ((local % 1440) - 900)) / 1440),
  );
const scoresOf = (clock: Int32Array) =>
  Uint8Array.from(clock, (local) => (isAsleep(local) ? 1 : 0));

describe.each([
  ['of 24 hours', even],
  ['of 23 hours', spring],
  ['of 25 hours', autumn],
])('a life by the local clock, with a day %s', (_, clock) => {
  const counts = countsOf(clock);

  test('is fully stable and regular', () => {
    expect(interdailyStability(counts, clock)).toBeCloseTo(1, 10);
    expect(sleepRegularityIndex(scoresOf(clock), clock)).toBe(100);
  });

  test('rests and moves at the same times of the day', () => {
    const usual = restActivity(countsOf(even));
    const found = restActivity(counts, clock);
    expect(found?.l5).toEqual(usual?.l5);
    expect(found?.m10.onsetMinute).toBe(usual?.m10.onsetMinute);
    const usualPeak = cosinor(countsOf(even))?.acrophaseMinute ?? NaN;
    expect(cosinor(counts, clock)?.acrophaseMinute).toBeCloseTo(usualPeak, -1);
  });

  test('sleeps from 23 to 7 every night', () => {
    const windows = mainSleepWindows(scoresOf(clock), clock);
    expect(windows).toHaveLength(6);
    for (const { start, end } of windows) {
      expect((clock[start] ?? NaN) % 1440).toBe(1380);
      expect(((clock[end - 1] ?? NaN) + 1) % 1440).toBe(420);
    }
  });
});

test('on a clock of 24 hours a day, the same life after a change is neither stable nor regular', () => {
  expect(interdailyStability(countsOf(spring))).toBeLessThan(0.99);
  expect(sleepRegularityIndex(scoresOf(spring))).toBeLessThan(99);
});
