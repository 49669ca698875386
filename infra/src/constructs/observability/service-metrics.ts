import type { Metric, MetricMath } from './metric';

/** CloudWatch dimensions of the load balancer and the API's target group. */
export interface BalancerNames {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** The golden signals of the API, as its load balancer measures them. */
export const apiMetrics = ({ loadBalancer, targetGroup }: BalancerNames) => {
  const both = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
  const metric = (metricName: string, stat: string, dimensions = both as Metric['dimensions']) =>
    ({ namespace: 'AWS/ApplicationELB', metricName, dimensions, stat }) satisfies Metric;
  const requests = metric('RequestCount', 'Sum');
  const serverErrors = metric('HTTPCode_Target_5XX_Count', 'Sum');
  return {
    requests,
    serverErrors,
    clientErrors: metric('HTTPCode_Target_4XX_Count', 'Sum'),
    /** The load balancer's own errors: no healthy target, a broken connection, a timeout. */
    balancerErrors: metric('HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer: loadBalancer }),
    latency: (percentile: string) => metric('TargetResponseTime', percentile),
    healthyTargets: metric('HealthyHostCount', 'Minimum'),
    unhealthyTargets: metric('UnHealthyHostCount', 'Maximum'),
    /** Error rate; 0 below `minimumRequests`, because one failure in three is not significant. */
    serverErrorPercent: (minimumRequests: number): MetricMath => ({
      label: '5xx responses, %',
      expression: `IF(requests >= ${minimumRequests}, 100 * FILL(errors, 0) / requests, 0)`,
      metrics: { requests, errors: serverErrors },
    }),
  };
};

/** 1 if the API answers Route 53's health checkers, else 0. Always in us-east-1. */
export const reachability = (HealthCheckId: string): Metric => ({
  namespace: 'AWS/Route53',
  metricName: 'HealthCheckStatus',
  dimensions: { HealthCheckId },
  stat: 'Minimum',
});

/** Number and age of messages in a queue. */
export const queueMetrics = (QueueName: string) => {
  const metric = (metricName: string, stat: string): Metric => ({
    namespace: 'AWS/SQS',
    metricName,
    dimensions: { QueueName },
    stat,
  });
  return {
    waiting: metric('ApproximateNumberOfMessagesVisible', 'Maximum'),
    inFlight: metric('ApproximateNumberOfMessagesNotVisible', 'Maximum'),
    oldestSeconds: metric('ApproximateAgeOfOldestMessage', 'Maximum'),
  };
};

/** Utilisation and task counts of an ECS service. */
export const ecsMetrics = (ClusterName: string, ServiceName: string) => {
  const dimensions = { ClusterName, ServiceName };
  const used = (metricName: string): Metric => ({
    namespace: 'AWS/ECS',
    metricName,
    dimensions,
    stat: 'Average',
  });
  const insight = (metricName: string, stat: string): Metric => ({
    namespace: 'ECS/ContainerInsights',
    metricName,
    dimensions,
    stat,
  });
  return {
    cpu: used('CPUUtilization'),
    memory: used('MemoryUtilization'),
    running: insight('RunningTaskCount', 'Average'),
    desired: insight('DesiredTaskCount', 'Average'),
    /** Above 1 during a deployment. */
    deployments: insight('DeploymentCount', 'Maximum'),
  };
};

/** The operations that our code uses; an alarm can have at most ten metrics. */
const operations = [
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'TransactWriteItems',
  'UpdateItem',
] as const;

/** Load and failures of the table. */
export const tableMetrics = (TableName: string) => {
  const metric = (metricName: string, stat: string, more: Metric['dimensions'] = {}): Metric => ({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensions: { TableName, ...more },
    stat,
  });
  const overOperations = (metricName: string, label: string): MetricMath => {
    const metrics = Object.fromEntries(
      operations.map((Operation) => [
        `${Operation.charAt(0).toLowerCase()}${Operation.slice(1)}`,
        metric(metricName, 'Sum', { Operation }),
      ]),
    );
    // Listed: METRICS() would include all metrics of a graph. Operations without failures have no data.
    const expression = Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + ');
    return { label, expression, metrics };
  };
  return {
    readUnits: metric('ConsumedReadCapacityUnits', 'Sum'),
    writeUnits: metric('ConsumedWriteCapacityUnits', 'Sum'),
    queryLatency: metric('SuccessfulRequestLatency', 'p99', { Operation: 'Query' }),
    throttled: overOperations('ThrottledRequests', 'Throttled requests'),
    systemErrors: overOperations('SystemErrors', 'DynamoDB internal errors'),
  };
};
