import { all, only, synthesise } from '../../../test/synthesise';
import { errorLines } from './error-lines';
import { ServiceAlarms } from './service-alarms';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:clarity-test-alerts';
const rollBack: { api?: readonly string[]; worker?: readonly string[] } = {};
const stack = synthesise((scope) => {
  const alarms = new ServiceAlarms(scope, 'alarms', {
    name: 'clarity-test',
    topicArn,
    healthCheckId: 'check-1',
    balancer: { loadBalancer: 'app/clarity-test/1', targetGroup: 'targetgroup/api/1' },
    clusterName: 'clarity-test',
    services: { api: 'clarity-test-api', mlWorker: 'clarity-test-ml-worker' },
    errorLines: { api: errorLines('test', 'api'), mlWorker: errorLines('test', 'ml-worker') },
    queues: [{ label: 'analysis-jobs', queueName: 'jobs', deadLetterName: 'jobs-dlq' }],
    tableName: 'clarity-test-health',
    thresholds: {
      serverErrorPercent: 2,
      serverErrorsPerMinute: 50,
      p99Milliseconds: 800,
      oldestJobMinutes: 15,
      errorLinesPerFiveMinutes: 10,
      saturationPercent: 85,
    },
  });
  rollBack.api = alarms.rollBackApi;
  rollBack.worker = alarms.rollBackWorker;
});
const alarms = all(stack, 'aws_cloudwatch_metric_alarm');
const alarm = (name: string) => alarms[`alarms_${name}`];

describe('ServiceAlarms', () => {
  it('has deterministic names for deployments and runbooks', () => {
    expect(Object.values(alarms).map((each) => each['alarm_name'])).toEqual(
      Object.keys(alarms).map((address) => address.replace(/^alarms_/, 'clarity-test-')),
    );
  });

  it('ignores the error rate of a few requests', () => {
    expect(alarm('api-server-errors')).toMatchObject({
      threshold: 2,
      metric_query: [
        { id: 'requests' },
        { id: 'errors' },
        { expression: 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)' },
      ],
    });
  });

  it('converts thresholds to CloudWatch’s units', () => {
    expect(alarm('api-latency')).toMatchObject({ threshold: 0.8, extended_statistic: 'p99' });
    expect(alarm('analysis-jobs-late')).toMatchObject({
      threshold: 900,
      metric_name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'jobs' },
    });
    expect(alarm('analysis-jobs-dead-letters')).toMatchObject({
      threshold: 0,
      dimensions: { QueueName: 'jobs-dlq' },
    });
  });

  it('notifies of user impact only through the composite alarm, once per incident', () => {
    const { alarm_rule: rule, ...composite } = only(stack, 'aws_cloudwatch_composite_alarm');
    expect(composite).toMatchObject({
      alarm_name: 'clarity-test-service-health',
      alarm_actions: [topicArn],
    });
    const silent = Object.entries(alarms).filter(
      ([, each]) => (each['alarm_actions'] as string[]).length === 0,
    );
    const named = [...String(rule).matchAll(/aws_cloudwatch_metric_alarm\.([a-z0-9_-]+)\./g)];
    expect(silent.map(([address]) => address)).toEqual(named.map(([, address]) => address).sort());
    expect(silent).toHaveLength(7);
  });

  it('treats missing data as breaching only for the health check', () => {
    const breaching = Object.entries(alarms).filter(
      ([, each]) => each['treat_missing_data'] !== 'notBreaching',
    );
    expect(breaching.map(([address]) => address)).toEqual(['alarms_api-unreachable']);
  });

  it('fires if the API cannot be reached from the internet', () => {
    expect(alarm('api-unreachable')).toMatchObject({
      namespace: 'AWS/Route53',
      dimensions: { HealthCheckId: 'check-1' },
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
    });
  });

  it('uses at most ten metrics per alarm', () => {
    for (const each of Object.values(alarms))
      expect(((each['metric_query'] as unknown[]) ?? []).length).toBeLessThanOrEqual(10);
  });

  it('rolls the API back on errors and failing targets, the worker on errors', () => {
    expect(rollBack.api).toHaveLength(2);
    expect(rollBack.worker).toHaveLength(1);
  });
});
