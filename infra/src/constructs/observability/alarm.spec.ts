import { only, synthesise } from '../../../test/synthesise';
import { alarm, type AlarmProps } from './alarm';

const metric = { namespace: 'N', metricName: 'm', dimensions: { D: 'd' }, stat: 'Sum' };
const made = (props: Partial<AlarmProps>) =>
  only(
    synthesise((scope) => {
      alarm(scope, 'alarm', {
        name: 'clarity-test-alarm',
        description: 'test',
        of: metric,
        threshold: 3,
        periodSeconds: 60,
        periods: { breaching: 2, of: 3 },
        silence: 'notBreaching',
        tell: ['arn:topic'],
        ...props,
      });
    }),
    'aws_cloudwatch_metric_alarm',
  );

describe('alarm', () => {
  it('watches a metric above its threshold and tells of both ends', () => {
    expect(made({})).toMatchObject({
      alarm_name: 'clarity-test-alarm',
      namespace: 'N',
      metric_name: 'm',
      dimensions: { D: 'd' },
      statistic: 'Sum',
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 3,
      datapoints_to_alarm: 2,
      treat_missing_data: 'notBreaching',
      alarm_actions: ['arn:topic'],
      ok_actions: ['arn:topic'],
    });
    expect(made({ below: true })).toMatchObject({ comparison_operator: 'LessThanThreshold' });
  });

  it('sets a scaling policy off when it is in alarm, not when it is over', () => {
    expect(made({ tell: [], start: 'arn:policy' })).toMatchObject({
      alarm_actions: ['arn:policy'],
      ok_actions: [],
    });
  });

  it('takes a percentile by its own argument, and not of a few requests', () => {
    const latency = made({ of: { ...metric, stat: 'p99' } });
    expect(latency).toMatchObject({
      extended_statistic: 'p99',
      evaluate_low_sample_count_percentiles: 'ignore',
    });
    expect(latency).not.toHaveProperty('statistic');
  });

  it('returns the expression alone, not what it is made of', () => {
    const of = { label: 'twice', expression: '2 * m', metrics: { m: metric } };
    expect(made({ of })).toMatchObject({
      metric_query: [
        { id: 'm', return_data: false, metric: { period: 60, stat: 'Sum' } },
        { id: 'result', return_data: true, expression: '2 * m', label: 'twice' },
      ],
    });
  });
});
