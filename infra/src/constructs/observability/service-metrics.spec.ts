import { apiMetrics, ecsMetrics, queueMetrics, tableMetrics } from './service-metrics';

describe('apiMetrics', () => {
  const api = apiMetrics({ loadBalancer: 'app/clarity/1', targetGroup: 'targetgroup/api/1' });

  it('reads the app’s errors from the target group and the load balancer’s own from the load balancer', () => {
    expect(api.serverErrors.dimensions).toEqual({
      LoadBalancer: 'app/clarity/1',
      TargetGroup: 'targetgroup/api/1',
    });
    expect(api.balancerErrors.dimensions).toEqual({ LoadBalancer: 'app/clarity/1' });
  });

  it('uses the maximum of unhealthy and the minimum of healthy targets', () => {
    expect(api.unhealthyTargets.stat).toBe('Maximum');
    expect(api.healthyTargets.stat).toBe('Minimum');
  });

  it('has an error rate of 0 with few requests', () => {
    expect(api.serverErrorPercent(20).expression).toBe(
      'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
    );
  });
});

describe('tableMetrics', () => {
  const { throttled, systemErrors } = tableMetrics('clarity-health');

  it('adds up operations by name, so that two sums can share a graph', () => {
    for (const { expression, metrics } of [throttled, systemErrors]) {
      expect(expression).not.toContain('METRICS()');
      for (const id of Object.keys(metrics)) expect(expression).toContain(`FILL(${id}, 0)`);
    }
  });

  it('has valid ids, and few enough for an alarm', () => {
    const ids = Object.keys(throttled.metrics);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/);
    expect(ids.length + 1).toBeLessThanOrEqual(10);
  });

  it('has the dimension Operation, which DynamoDB requires', () => {
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
