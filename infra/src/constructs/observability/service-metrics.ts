import type { Metric, MetricMath } from './metric';

/** The balancer and the API's target group, as CloudWatch names them. */
export interface BalancerNames {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** The golden signals of the API, as its load balancer counts them. */
export const apiMetrics = ({ loadBalancer, targetGroup }: BalancerNames) => {
  const behind = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
  const metric = (metricName: string, stat: string, dimensions = behind as Metric['dimensions']) =>
    ({ namespace: 'AWS/ApplicationELB', metricName, dimensions, stat }) satisfies Metric;
  const requests = metric('RequestCount', 'Sum');
  const serverErrors = metric('HTTPCode_Target_5XX_Count', 'Sum');
  return {
    requests,
    serverErrors,
    clientErrors: metric('HTTPCode_Target_4XX_Count', 'Sum'),
    /** The balancer's own: no healthy target, a broken connection, a time-out. */
    balancerErrors: metric('HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer: loadBalancer }),
    latency: (percentile: string) => metric('TargetResponseTime', percentile),
    healthyTargets: metric('HealthyHostCount', 'Minimum'),
    unhealthyTargets: metric('UnHealthyHostCount', 'Maximum'),
    /** One failure out of three requests at night is no outage: below `enough` it is 0. */
    serverErrorPercent: (enough: number): MetricMath => ({
      label: 'Requests answered 5xx, %',
      expression: `IF(requests >= ${enough}, 100 * FILL(errors, 0) / requests, 0)`,
      metrics: { requests, errors: serverErrors },
    }),
  };
};

/** Whether the API answers Route 53's checkers: 1, or 0. In us-east-1, whatever the API's region. */
export const reachability = (HealthCheckId: string): Metric => ({
  namespace: 'AWS/Route53',
  metricName: 'HealthCheckStatus',
  dimensions: { HealthCheckId },
  stat: 'Minimum',
});

/** How much waits in a queue, and for how long. */
export const queueMetrics = (QueueName: string) => {
  const metric = (metricName: string, stat: string): Metric => ({
    namespace: 'AWS/SQS',
    metricName,
    dimensions: { QueueName },
    stat,
  });
  return {
    waiting: metric('ApproximateNumberOfMessagesVisible', 'Maximum'),
    inWork: metric('ApproximateNumberOfMessagesNotVisible', 'Maximum'),
    oldestSeconds: metric('ApproximateAgeOfOldestMessage', 'Maximum'),
  };
};

/** What an ECS service takes of what it was given. */
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
    /** Above 1 while ECS rolls a service. */
    deployments: insight('DeploymentCount', 'Maximum'),
  };
};

/** What our code asks of the table; an alarm takes ten metrics at most. */
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
    // One by one: METRICS() would be all that a graph shows, and an operation without a failure is silent.
    const expression = Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + ');
    return { label, expression, metrics };
  };
  return {
    readUnits: metric('ConsumedReadCapacityUnits', 'Sum'),
    writeUnits: metric('ConsumedWriteCapacityUnits', 'Sum'),
    queryLatency: metric('SuccessfulRequestLatency', 'p99', { Operation: 'Query' }),
    throttled: overOperations('ThrottledRequests', 'Requests refused for want of capacity'),
    systemErrors: overOperations('SystemErrors', 'Requests that DynamoDB itself failed'),
  };
};
