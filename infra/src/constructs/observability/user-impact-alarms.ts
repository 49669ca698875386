import type { AlarmProps } from './alarm';
import type { AlarmThresholds, MonitoredServices } from './monitored-services';
import { apiMetrics, queueMetrics, reachability } from './service-metrics';

export type AlarmSpec = Omit<AlarmProps, 'name' | 'notify'>;

/** With fewer requests per minute, an error rate is not significant. */
const significantRequests = 20;
const minute = 60;
const twoOfThree = { breaching: 2, of: 3 };

/** Alarms on what users notice in the API, as its load balancer measures it. */
export function apiAlarms(balancer: MonitoredServices['balancer'], thresholds: AlarmThresholds) {
  const metrics = apiMetrics(balancer);
  return {
    'api-server-errors': {
      description: 'The rate of API requests answered with 5xx is above the threshold.',
      metric: metrics.serverErrorPercent(significantRequests),
      threshold: thresholds.serverErrorPercent,
      periodSeconds: minute,
      datapoints: twoOfThree,
      // No requests, no errors.
      missingData: 'notBreaching',
    },
    'api-server-error-count': {
      description: 'The number of API requests answered with 5xx is above the threshold.',
      metric: metrics.serverErrors,
      threshold: thresholds.serverErrorsPerMinute,
      periodSeconds: minute,
      datapoints: twoOfThree,
      missingData: 'notBreaching',
    },
    'api-latency': {
      description: 'API p99 latency is above the threshold.',
      metric: metrics.latency('p99'),
      // CloudWatch measures in seconds.
      threshold: thresholds.p99Milliseconds / 1000,
      periodSeconds: minute,
      datapoints: { breaching: 4, of: 5 },
      missingData: 'notBreaching',
    },
    'api-unhealthy-targets': {
      description: 'An API task fails /readyz. Tasks that are starting or draining do not count.',
      metric: metrics.unhealthyTargets,
      threshold: 0,
      periodSeconds: minute,
      datapoints: twoOfThree,
      // No task is registered; api-balancer-errors covers that.
      missingData: 'notBreaching',
    },
    'api-balancer-errors': {
      description: 'The load balancer itself returns 5xx: no healthy task, or broken connections.',
      metric: metrics.balancerErrors,
      threshold: thresholds.serverErrorsPerMinute,
      periodSeconds: minute,
      datapoints: twoOfThree,
      missingData: 'notBreaching',
    },
  } as const satisfies Readonly<Record<string, AlarmSpec>>;
}

/** The alarm on Route 53's health check; none if the internet cannot reach the API. */
export const reachabilityAlarms = (
  healthCheckId: string | undefined,
): Readonly<Record<string, AlarmSpec>> =>
  healthCheckId === undefined
    ? {}
    : {
        'api-unreachable': {
          description:
            'The API cannot be reached from the internet. Check DNS, the certificate and the firewall.',
          metric: reachability(healthCheckId),
          threshold: 1,
          below: true,
          periodSeconds: minute,
          datapoints: { breaching: 3, of: 3 },
          // Route 53 always reports a status.
          missingData: 'breaching',
        },
      };

/** An alarm for each queue, id → alarm, on messages that wait too long. */
export const delayedJobAlarms = (
  queues: MonitoredServices['queues'],
  { oldestJobMinutes }: AlarmThresholds,
): Readonly<Record<string, AlarmSpec>> =>
  Object.fromEntries(
    queues.map(({ label, queueName }) => [
      `${label}-late`,
      {
        description: `Oldest message in ${label} is too old. Check that a worker is running and a GPU host is available.`,
        metric: queueMetrics(queueName).oldestSeconds,
        threshold: oldestJobMinutes * 60,
        periodSeconds: minute,
        datapoints: { breaching: 3, of: 5 },
        // SQS stops reporting an idle queue after six hours.
        missingData: 'notBreaching',
      },
    ]),
  );
