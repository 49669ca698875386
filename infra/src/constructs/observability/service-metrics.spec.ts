import { apiMetrics, ecsMetrics, queueMetrics, tableMetrics } from './service-metrics';

describe('apiMetrics', () => {
  const api = apiMetrics({ loadBalancer: 'app/clarity/1', targetGroup: 'targetgroup/api/1' });

  it('asks the target group for what the app did, and the balancer for what it did itself', () => {
    expect(api.serverErrors.dimensions).toEqual({
      LoadBalancer: 'app/clarity/1',
      TargetGroup: 'targetgroup/api/1',
    });
    expect(api.balancerErrors.dimensions).toEqual({ LoadBalancer: 'app/clarity/1' });
  });

  it('takes the worst of unhealthy targets and the least of healthy ones', () => {
    expect(api.unhealthyTargets.stat).toBe('Maximum');
    expect(api.healthyTargets.stat).toBe('Minimum');
  });

  it('has no share of errors below enough requests', () => {
    expect(api.serverErrorPercent(20).expression).toBe(
      'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
    );
  });
});

describe('tableMetrics', () => {
  const { throttled, systemErrors } = tableMetrics('clarity-health');

  it('adds up operations by name, so that two sums in one graph stay apart', () => {
    for (const { expression, metrics } of [throttled, systemErrors]) {
      expect(expression).not.toContain('METRICS()');
      for (const id of Object.keys(metrics)) expect(expression).toContain(`FILL(${id}, 0)`);
    }
  });

  it('has ids that CloudWatch takes, and few enough for an alarm', () => {
    const ids = Object.keys(throttled.metrics);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/);
    expect(ids.length + 1).toBeLessThanOrEqual(10);
  });

  it('names the operation, without which DynamoDB publishes neither', () => {
    for (const { metrics } of [throttled, systemErrors])
      for (const metric of Object.values(metrics))
        expect(Object.keys(metric.dimensions)).toEqual(['TableName', 'Operation']);
  });
});

it('looks at one queue and one service', () => {
  expect(queueMetrics('jobs').oldestSeconds.dimensions).toEqual({ QueueName: 'jobs' });
  expect(ecsMetrics('cluster', 'service').desired).toEqual({
    namespace: 'ECS/ContainerInsights',
    metricName: 'DesiredTaskCount',
    dimensions: { ClusterName: 'cluster', ServiceName: 'service' },
    stat: 'Average',
  });
});
