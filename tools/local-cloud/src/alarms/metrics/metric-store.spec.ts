import fc from 'fast-check';
import { metricStore, type MetricId } from './metric-store';
import { statisticOf } from './statistic-set';

const metric: MetricId = {
  namespace: 'AWS/ApplicationELB',
  name: 'TargetResponseTime',
  dimensions: { LoadBalancer: 'app/a/1', TargetGroup: 'targetgroup/a/1' },
};
const store = () => metricStore({ resolutionMs: 1_000, keptMs: 60_000 });

it('folds the values of a window, whichever way round its dimensions are', () => {
  const metrics = store();
  for (const [value, at] of [
    [1, 1_000],
    [3, 1_500],
    [8, 2_999],
    [100, 3_000],
  ] as const)
    metrics.record(metric, value, at);
  const { LoadBalancer = '', TargetGroup = '' } = metric.dimensions;
  const same = { ...metric, dimensions: { TargetGroup, LoadBalancer } };
  const set = metrics.read(same, 1_000, 3_000);
  expect(set && statisticOf(set, 'Sum')).toBe(12);
  expect(set && statisticOf(set, 'Average')).toBe(4);
  expect(set && statisticOf(set, 'Maximum')).toBe(8);
  expect(set && statisticOf(set, 'SampleCount')).toBe(3);
  expect(metrics.read(same, 4_000, 9_000)).toBeUndefined();
  expect(metrics.knows({ ...metric, dimensions: { LoadBalancer } })).toBe(false);
});

it('forgets what nobody can ask for any more, but not that it was there', () => {
  const metrics = store();
  metrics.record(metric, 1, 1_000);
  metrics.record(metric, 1, 100_000);
  expect(metrics.read(metric, 0, 50_000)).toBeUndefined();
  expect(metrics.read(metric, 0, 200_000)?.count).toBe(1);
  expect(metrics.knows(metric)).toBe(true);
});

it('tells percentiles within 2 %', () => {
  const seconds = fc.array(fc.double({ min: 0.0001, max: 100, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(seconds, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const metrics = store();
      for (const value of values) metrics.record(metric, value, 0);
      const set = metrics.read(metric, 0, 1_000);
      const sorted = values.toSorted((a, b) => a - b);
      const exact = sorted[Math.ceil((percent / 100) * sorted.length - 1e-9) - 1] ?? 0;
      const told = (set && statisticOf(set, `p${percent}`)) ?? 0;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.02 * exact);
    }),
  );
});
