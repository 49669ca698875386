import type { Metric } from './metric';
import type { BalancerNames } from './service-metrics';

/** A queue by its purpose, with its dead-letter queue. */
export interface MonitoredQueue {
  readonly label: string;
  readonly queueName: string;
  readonly deadLetterName: string;
}

/**
 * What alarms and the dashboard of an environment watch. Names rather than resources, because the
 * services themselves refer to the alarms.
 */
export interface MonitoredServices {
  readonly balancer: BalancerNames;
  readonly clusterName: string;
  /** App → the name of its ECS service. */
  readonly services: { readonly api: string; readonly mlWorker: string };
  readonly errorLines: { readonly api: Metric; readonly mlWorker: Metric };
  readonly queues: readonly MonitoredQueue[];
  readonly tableName: string;
}

export interface AlarmThresholds {
  readonly serverErrorPercent: number;
  readonly serverErrorsPerMinute: number;
  readonly p99Milliseconds: number;
  readonly oldestJobMinutes: number;
  readonly errorLinesPerFiveMinutes: number;
  readonly saturationPercent: number;
}
