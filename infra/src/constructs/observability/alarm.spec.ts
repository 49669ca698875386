import { only, synthesise } from '../../../test/synthesise';
import { addAlarm, type AlarmProps } from './alarm';

const metric = { namespace: 'N', metricName: 'm', dimensions: { D: 'd' }, stat: 'Sum' };
const made = (props: Partial<AlarmProps>) =>
  only(
    synthesise((scope) => {
      addAlarm(scope, 'alarm', {
        name: 'clarity-test-alarm',
        description: 'test',
        metric,
        threshold: 3,
        periodSeconds: 60,
        datapoints: { breaching: 2, of: 3 },
        missingData: 'notBreaching',
        notify: ['arn:topic'],
        ...props,
      });
    }),
    'aws_cloudwatch_metric_alarm',
  );

describe('addAlarm', () => {
  it('fires above the threshold and notifies of ALARM and OK', () => {
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

  it('runs a scaling policy in ALARM but not in OK', () => {
    expect(made({ notify: [], scalingPolicyArn: 'arn:policy' })).toMatchObject({
      alarm_actions: ['arn:policy'],
      ok_actions: [],
    });
  });

  it('uses the percentile argument and ignores low sample counts', () => {
    const latency = made({ metric: { ...metric, stat: 'p99' } });
    expect(latency).toMatchObject({
      extended_statistic: 'p99',
      evaluate_low_sample_count_percentiles: 'ignore',
    });
    expect(latency).not.toHaveProperty('statistic');
  });

  it('returns only the result of an expression, not its inputs', () => {
    const twice = { label: 'twice', expression: '2 * m', metrics: { m: metric } };
    expect(made({ metric: twice })).toMatchObject({
      metric_query: [
        { id: 'm', return_data: false, metric: { period: 60, stat: 'Sum' } },
        { id: 'result', return_data: true, expression: '2 * m', label: 'twice' },
      ],
    });
  });
});
