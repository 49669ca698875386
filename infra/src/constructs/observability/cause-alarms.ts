import type { Metric, MetricMath } from './metric';
import type { AlarmThresholds, MonitoredQueue, MonitoredServices } from './monitored-services';
import { ecsMetrics, queueMetrics, tableMetrics } from './service-metrics';
import type { AlarmSpec } from './user-impact-alarms';

const minute = 60;

/** Alarms on likely causes and on damage that users do not notice at once. */
export function causeAlarms(
  { errorLines, services, clusterName, queues, tableName }: MonitoredServices,
  { errorLinesPerFiveMinutes, saturationPercent }: AlarmThresholds,
) {
  const logged = (what: string, metric: Metric): AlarmSpec => ({
    description: `${what} logs errors. Run the saved query "errors" to list them.`,
    metric,
    threshold: errorLinesPerFiveMinutes,
    periodSeconds: 300,
    datapoints: { breaching: 1, of: 1 },
    // A worker scaled to zero logs nothing and is healthy.
    missingData: 'notBreaching',
  });
  const saturated = (what: string, metric: Metric): AlarmSpec => ({
    description: `${what} is near its limit. At the maximum task count, autoscaling cannot add capacity.`,
    metric,
    threshold: saturationPercent,
    periodSeconds: minute,
    datapoints: { breaching: 10, of: 15 },
    // With no tasks, nothing is used.
    missingData: 'notBreaching',
  });
  const api = ecsMetrics(clusterName, services.api);
  const worker = ecsMetrics(clusterName, services.mlWorker);
  const table = tableMetrics(tableName);
  return {
    'ml-worker-errors': logged('The worker', errorLines.mlWorker),
    'api-errors': logged('The API', errorLines.api),
    'api-cpu': saturated('API CPU', api.cpu),
    'api-memory': saturated('API memory', api.memory),
    'ml-worker-cpu': saturated('Worker CPU', worker.cpu),
    'ml-worker-memory': saturated('Worker memory', worker.memory),
    ...Object.fromEntries(
      queues.map((queue) => [`${queue.label}-dead-letters`, deadLetters(queue)]),
    ),
    'table-throttled': failingTable(
      'DynamoDB throttles requests: a hot key, or traffic that more than doubled at once.',
      table.throttled,
    ),
    'table-system-errors': failingTable(
      'DynamoDB returns internal errors. Check the AWS Health Dashboard.',
      table.systemErrors,
    ),
  };
}

const deadLetters = ({ label, deadLetterName }: MonitoredQueue): AlarmSpec => ({
  description: `Message in the ${label} dead-letter queue. Inspect it, fix the cause, then redrive.`,
  metric: queueMetrics(deadLetterName).waiting,
  threshold: 0,
  periodSeconds: minute,
  datapoints: { breaching: 1, of: 1 },
  missingData: 'notBreaching',
});

const failingTable = (description: string, metric: MetricMath): AlarmSpec => ({
  description,
  metric,
  threshold: 0,
  periodSeconds: minute,
  datapoints: { breaching: 3, of: 5 },
  missingData: 'notBreaching',
});
