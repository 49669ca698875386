import { goldenWeeks } from '../test/golden';
import {
  coleKripke,
  coleKripkeIndex,
  cosinor,
  interdailyStability,
  intradailyVariability,
  nightMetrics,
  rescoreByWebster,
  restActivity,
  sadeh,
  sleepMinutes,
  sleepRegularityIndex,
} from './index';

/** Equal to a relative 1e-9. */
function expectClose(actual: number | undefined, expected: number) {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

describe.each(goldenWeeks())('$name of the independent reference', ({ counts, golden }) => {
  const raw = coleKripke(counts, 30);
  const rescored = rescoreByWebster(raw);

  test('interdaily stability and intradaily variability', () => {
    expectClose(interdailyStability(counts), golden.IS);
    expectClose(intradailyVariability(counts), golden.IV);
  });

  test('L5, M10 and relative amplitude', () => {
    const found = restActivity(counts);
    expectClose(found?.l5.mean, golden.L5);
    expect(found?.l5.onsetMinute).toBe(golden.L5onsetMinute);
    expectClose(found?.m10.mean, golden.M10);
    expect(found?.m10.onsetMinute).toBe(golden.M10onsetMinute);
    expectClose(found?.relativeAmplitude, golden.RA);
  });

  test('cosinor', () => {
    const fit = cosinor(counts);
    for (const [name, expected] of Object.entries(golden.cosinor))
      expectClose(fit?.[name as keyof typeof golden.cosinor], expected);
  });

  test('Cole-Kripke, its index and Webster', () => {
    const index = coleKripkeIndex(counts, 30);
    [0, 700, 900, 5000].forEach((minute, i) =>
      expectClose(index[minute], golden.coleKripke.d_at[i] ?? NaN),
    );
    expect(sleepMinutes(raw)).toBe(golden.coleKripke.sleepMinutes);
    expect(sleepMinutes(rescored)).toBe(golden.coleKripke.afterWebster);
  });

  test('Sadeh', () => {
    expect(sleepMinutes(sadeh(counts, 300))).toBe(golden.sadehSleepMinutesCapped300);
  });

  test('sleep regularity', () => expectClose(sleepRegularityIndex(rescored), golden.sri));

  test('the night from Monday to Tuesday', () => {
    expect(nightMetrics(rescored, { start: 1380, end: 1860 })).toEqual(golden.night1_1380_1860);
  });
});
