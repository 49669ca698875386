import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { alarmDefinition } from './alarm-definition';
import { decideAlarm, windowsOf } from './decide-alarm';

const base: MetricAlarm = {
  AlarmName: 'alarm',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 5,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
};
const stat = (Id: string, MetricName: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'N', MetricName }, Period: 60, Stat: 'Sum' },
});
const windows = windowsOf(alarmDefinition({ ...base, Period: 60 }), 3_000, 100_500);

it('looks at whole periods only, the newest last', () => {
  expect(windows).toHaveLength(5);
  expect(windows.at(-1)).toEqual({ from: 96_000, to: 99_000 });
  expect(windows[0]).toEqual({ from: 84_000, to: 87_000 });
});

it('puts expressions that refer to expressions together', async () => {
  const alarm = alarmDefinition({
    ...base,
    Metrics: [
      stat('requests', 'RequestCount'),
      stat('errors', 'Errors'),
      { Id: 'share', ReturnData: false, Expression: '100 * FILL(errors, 0) / requests' },
      { Id: 'result', ReturnData: true, Expression: 'IF(requests >= 20, share, 0)' },
    ],
  });
  const decision = await decideAlarm(alarm, windows, ({ name }) =>
    Promise.resolve(name === 'Errors' ? [1, 1, 1, 30, 60] : [50, 50, 50, 50, 100]),
  );
  expect(decision?.state).toBe('ALARM');
  expect(decision?.reason).toContain('2 out of the last 3 datapoints [60.0');
});

it('leaves a percentile of too few requests alone, where the alarm says so', async () => {
  const latency = { ...base, Namespace: 'N', MetricName: 'Time', Period: 60 };
  const alarm = alarmDefinition({
    ...latency,
    ExtendedStatistic: 'p99',
    EvaluateLowSampleCountPercentile: 'ignore',
  });
  const read = (samples: number) => (_: unknown, statistic: string) =>
    Promise.resolve(windows.map(() => (statistic === 'SampleCount' ? samples : 9)));
  expect(await decideAlarm(alarm, windows, read(999))).toBeUndefined();
  expect((await decideAlarm(alarm, windows, read(1_000)))?.state).toBe('ALARM');
});

it('refuses alarms of a kind that is not supported', () => {
  const band = { ...base, ComparisonOperator: 'LessThanLowerThreshold' as const };
  expect(() => alarmDefinition(band)).toThrow('alarm has a comparison');
});
