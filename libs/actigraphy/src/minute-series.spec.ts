import fc from 'fast-check';
import { dataQuality, minuteSeries, weekMinutes } from './minute-series';

const monday = Date.UTC(2024, 0, 1);
const at = (minute: number) => monday + minute * 60_000;
const interval = (start: number, end: number, value: number) => ({
  startMs: at(start),
  endMs: at(end),
  value,
});

test('a minute without a sample is missing, one with zero counts is not', () => {
  const series = minuteSeries([interval(3, 4, 0)], monday);
  expect(series).toHaveLength(weekMinutes);
  expect(series[3]).toBe(0);
  expect(dataQuality(series)).toEqual({
    minutes: weekMinutes,
    missingMinutes: weekMinutes - 1,
    missingShare: (weekMinutes - 1) / weekMinutes,
  });
});

test('a long interval is spread over its minutes by the time in each', () => {
  const series = minuteSeries([interval(9.5, 12, 100)], monday);
  expect([...series.subarray(9, 13)]).toEqual([20, 40, 40, NaN]);
});

test('parts of one minute add up; the same interval sent again replaces the earlier', () => {
  const parts = [interval(5, 5.5, 10), interval(5.5, 6, 7), interval(5, 5.5, 12)];
  expect(minuteSeries(parts, monday)[5]).toBe(19);
});

test('an instant counts in its minute; a value that is not a number leaves it missing', () => {
  const series = minuteSeries([interval(7.25, 7.25, 4), interval(8, 9, NaN)], monday);
  expect([...series.subarray(7, 9)]).toEqual([4, NaN]);
});

test('counts inside the week are neither lost nor made, in any order', () => {
  const minute = fc.integer({ min: 0, max: weekMinutes * 60 }).map((second) => second / 60);
  fc.assert(
    fc.property(fc.array(fc.tuple(minute, minute, fc.nat(1000)), { maxLength: 20 }), (raw) => {
      const unique = new Map(
        raw
          .filter(([a, b]) => a !== b)
          .map(([a, b, value]) => [`${a} ${b}`, interval(Math.min(a, b), Math.max(a, b), value)]),
      );
      const intervals = [
        ...new Map([...unique.values()].map((i) => [`${i.startMs} ${i.endMs}`, i])).values(),
      ];
      const sum = (series: Float32Array) =>
        series.reduce((total, count) => total + (Number.isNaN(count) ? 0 : count), 0);
      const sent = intervals.reduce((total, { value }) => total + value, 0);
      expect(Math.abs(sum(minuteSeries(intervals, monday)) - sent)).toBeLessThanOrEqual(
        1e-3 * (sent + 1),
      );
      const reversed = minuteSeries([...intervals].reverse(), monday);
      expect(Math.abs(sum(reversed) - sent)).toBeLessThanOrEqual(1e-3 * (sent + 1));
    }),
    { numRuns: 30 },
  );
});

test('what is outside the week does not reach into it', () => {
  const series = minuteSeries(
    [interval(-5, -1, 9), interval(-1, 1, 10), interval(weekMinutes - 1, weekMinutes + 1, 8)],
    monday,
  );
  expect(series[0]).toBe(5);
  expect(series[weekMinutes - 1]).toBe(4);
  expect(dataQuality(series).missingMinutes).toBe(weekMinutes - 2);
});
