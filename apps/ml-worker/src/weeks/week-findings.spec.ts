import { inMemoryInferenceProvider } from '@clarity/domain/testing';
import { askedWeek } from '../../test/asked-week';
import { countedWeeks } from '../../test/golden';
import { weekFindings } from './week-findings';
import { readWeekRequest } from './week-request';

const inference = inMemoryInferenceProvider();
const [week = new Float32Array()] = countedWeeks();

function findings(changes: object) {
  const text = JSON.stringify(askedWeek({ inBed: [], ...changes }));
  return weekFindings(readWeekRequest(text, inference.manifest.name).week, inference);
}

test('a worn week has no non-wear and no hints', async () => {
  const { quality, hints } = await findings({ counts: [...week] });
  expect(quality).toMatchObject({ missingMinutes: 0, nonWearMinutes: 0, nonWearShare: 0 });
  expect(hints).toEqual([]);
});

test('a device in a drawer is not a person asleep', async () => {
  const put = 2 * 1440 + 640;
  const counts = [...week.slice().fill(0, put, put + 547)];
  const { quality, metrics } = await findings({ counts });
  expect(quality.nonWearMinutes).toBeGreaterThanOrEqual(547);
  expect(quality.nonWearMinutes).toBeLessThan(570);
  expect(quality.nonWearShare).toBeCloseTo(547 / 10_080, 2);
  const overlapping = metrics.sleep?.nights.filter(
    ({ start, end }) => start < put + 547 && end > put,
  );
  expect(overlapping).toEqual([]);
  const worn = await findings({ counts: [...week] });
  expect(metrics.sleep?.coleKripkeWebsterMinutes).toBeLessThanOrEqual(
    worn.metrics.sleep?.coleKripkeWebsterMinutes ?? NaN,
  );
  expect(metrics.l5?.onsetMinute).toBe(worn.metrics.l5?.onsetMinute);
});

test.each([
  ['far too large', 1e6, /24\.0 hours of sleep a day/],
  ['far too small', 1e-3, /[0-4]\.\d hours of sleep a day/],
])('a divisor that is %s gives a hint', async (_, coleKripkeDivisor, detail) => {
  const countScaling = { coleKripkeDivisor, sadehCap: 300 };
  const { hints } = await findings({ counts: [...week], countScaling });
  expect(hints).toEqual([
    { code: 'implausible-sleep', detail: expect.stringMatching(detail) as string },
  ]);
});

test('without the unit of the counts there is no hint about sleep', async () => {
  const { hints } = await findings({ counts: [...week], countScaling: undefined });
  expect(hints).toEqual([]);
});

test('the nights after a change of the clock are found at local time', async () => {
  // The recording runs on after 2:00 of 29 March, which is 3:00: its hours are the same, its clock is not.
  const change = 6 * 1440 + 120;
  const ordinary = await findings({ counts: [...week], from: '2026-03-02' });
  const counts = [...week.slice(0, change), ...week.slice(change + 60), ...week.slice(0, 60)];
  const { metrics } = await findings({ counts, from: '2026-03-23' });
  expect(metrics.m10?.onsetMinute).toBeCloseTo(ordinary.metrics.m10?.onsetMinute ?? NaN, -2);
  expect(metrics.interdailyStability).toBeCloseTo(ordinary.metrics.interdailyStability ?? NaN, 2);
});
