import { Construct } from 'constructs';
import { CloudwatchCompositeAlarm, type CloudwatchMetricAlarm } from '../../aws';
import { alarm, type AlarmProps } from './alarm';
import type { Metric } from './metric';
import {
  apiMetrics,
  type BalancerNames,
  ecsMetrics,
  queueMetrics,
  reachability,
  tableMetrics,
} from './service-metrics';

/** A queue by what it is for, and its own dead letters. */
export interface WatchedQueue {
  readonly as: string;
  readonly queueName: string;
  readonly deadLetterName: string;
}

export interface ServiceAlarmsProps {
  /** Prefix of every alarm. */
  readonly name: string;
  readonly topicArn: string;
  readonly balancer: BalancerNames;
  /** Route 53's check from outside, where the internet reaches the API. */
  readonly healthCheckId?: string;
  readonly clusterName: string;
  /** App → the name of its ECS service. Names, not resources: services refer to the alarms. */
  readonly services: { readonly api: string; readonly mlWorker: string };
  readonly errorLines: { readonly api: Metric; readonly mlWorker: Metric };
  readonly queues: readonly WatchedQueue[];
  readonly tableName: string;
  readonly thresholds: {
    readonly serverErrorPercent: number;
    readonly serverErrorsPerMinute: number;
    readonly p99Milliseconds: number;
    readonly oldestJobMinutes: number;
    readonly errorLinesPerFiveMinutes: number;
    readonly saturationPercent: number;
  };
}

/** Below so many requests a minute, a share of them says nothing. */
const enoughRequests = 20;
const minute = 60;
const once = { breaching: 1, of: 1 };
const twoOfThree = { breaching: 2, of: 3 };

type Spec = Omit<AlarmProps, 'name' | 'tell'>;

/**
 * Every alarm of an environment. What users feel goes into one composite alarm, which alone calls a
 * person, once an incident; likely causes and slow damage speak for themselves.
 */
export class ServiceAlarms extends Construct {
  /** Any of them rolls a deployment of the API back. */
  readonly rollBackApi: readonly string[];
  /** Any of them rolls a deployment of the worker back. */
  readonly rollBackWorker: readonly string[];
  readonly all: readonly CloudwatchMetricAlarm[];
  readonly health: CloudwatchCompositeAlarm;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceAlarmsProps,
  ) {
    super(scope, id);
    const api = this.api();
    const felt = [...Object.values(api), ...this.fromOutside(), ...this.lateJobs()];
    const { 'worker-errors': workerErrors, ...otherCauses } = this.causes();
    this.health = new CloudwatchCompositeAlarm(this, 'health', {
      alarmName: `${props.name}-service-health`,
      alarmDescription: 'Users feel it: requests fail or are slow, or analyses are late.',
      alarmRule: felt.map((each) => `ALARM("${each.alarmName}")`).join(' OR '),
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
    });
    this.rollBackApi = [api['server-errors'].alarmName, api['unhealthy-targets'].alarmName];
    this.rollBackWorker = [workerErrors.alarmName];
    this.all = [...felt, workerErrors, ...Object.values(otherCauses)];
  }

  private api() {
    const { thresholds, balancer } = this.props;
    const metrics = apiMetrics(balancer);
    return {
      'server-errors': this.quiet('api-server-errors', {
        description: 'Too large a share of the requests is answered 5xx by the API.',
        of: metrics.serverErrorPercent(enoughRequests),
        threshold: thresholds.serverErrorPercent,
        periodSeconds: minute,
        periods: twoOfThree,
        // No requests, no errors.
        silence: 'notBreaching',
      }),
      'server-error-count': this.quiet('api-server-error-count', {
        description: 'Too many requests are answered 5xx by the API, whatever their share.',
        of: metrics.serverErrors,
        threshold: thresholds.serverErrorsPerMinute,
        periodSeconds: minute,
        periods: twoOfThree,
        silence: 'notBreaching',
      }),
      latency: this.quiet('api-latency', {
        description: 'One request in a hundred takes too long.',
        of: metrics.latency('p99'),
        // CloudWatch has seconds.
        threshold: thresholds.p99Milliseconds / 1000,
        periodSeconds: minute,
        periods: { breaching: 4, of: 5 },
        silence: 'notBreaching',
      }),
      'unhealthy-targets': this.quiet('api-unhealthy-targets', {
        description: 'A task of the API fails /readyz; those that start or leave do not count.',
        of: metrics.unhealthyTargets,
        threshold: 0,
        periodSeconds: minute,
        periods: twoOfThree,
        // While no task is registered; the balancer's own errors tell of that.
        silence: 'notBreaching',
      }),
      'balancer-errors': this.quiet('api-balancer-errors', {
        description:
          'The load balancer itself answers 5xx: no healthy task, or broken connections.',
        of: metrics.balancerErrors,
        threshold: thresholds.serverErrorsPerMinute,
        periodSeconds: minute,
        periods: twoOfThree,
        silence: 'notBreaching',
      }),
    };
  }

  private fromOutside() {
    const { healthCheckId } = this.props;
    return healthCheckId === undefined
      ? []
      : [
          this.quiet('api-unreachable', {
            description:
              'The internet does not reach the API: its name, its certificate, the firewall?',
            of: reachability(healthCheckId),
            threshold: 1,
            below: true,
            periodSeconds: minute,
            periods: { breaching: 3, of: 3 },
            // Route 53 always says something.
            silence: 'breaching',
          }),
        ];
  }

  private lateJobs() {
    return this.props.queues.map(({ as, queueName }) =>
      this.quiet(`${as}-late`, {
        description: `The oldest message of ${as} waits too long: is a worker up, and a GPU host to be had?`,
        of: queueMetrics(queueName).oldestSeconds,
        threshold: this.props.thresholds.oldestJobMinutes * 60,
        periodSeconds: minute,
        periods: { breaching: 3, of: 5 },
        // An idle queue sends nothing after six hours.
        silence: 'notBreaching',
      }),
    );
  }

  private causes() {
    const { thresholds, errorLines, services, clusterName, queues } = this.props;
    const logged = (id: string, what: string, of: Metric) =>
      this.loud(id, {
        description: `${what} logs errors; the saved query "errors" shows them.`,
        of,
        threshold: thresholds.errorLinesPerFiveMinutes,
        periodSeconds: 300,
        periods: once,
        // A worker that scaled to zero is silent and well.
        silence: 'notBreaching',
      });
    const saturated = (id: string, what: string, of: Metric) =>
      this.loud(id, {
        description: `${what} is near its limit; at its maximum of tasks the autoscaler cannot help.`,
        of,
        threshold: thresholds.saturationPercent,
        periodSeconds: minute,
        periods: { breaching: 10, of: 15 },
        // Zero tasks use nothing.
        silence: 'notBreaching',
      });
    const api = ecsMetrics(clusterName, services.api);
    const worker = ecsMetrics(clusterName, services.mlWorker);
    const table = tableMetrics(this.props.tableName);
    return {
      'api-errors': logged('api-errors', 'The API', errorLines.api),
      'worker-errors': logged('ml-worker-errors', 'The worker', errorLines.mlWorker),
      'api-cpu': saturated('api-cpu', 'CPU of the API', api.cpu),
      'api-memory': saturated('api-memory', 'Memory of the API', api.memory),
      'worker-cpu': saturated('ml-worker-cpu', 'CPU of the worker', worker.cpu),
      'worker-memory': saturated('ml-worker-memory', 'Memory of the worker', worker.memory),
      ...Object.fromEntries(queues.map((queue) => [queue.as, this.deadLetters(queue)])),
      throttled: this.loud('table-throttled', {
        description:
          'DynamoDB refuses requests: a hot key, or more than an on-demand table doubles to.',
        of: table.throttled,
        threshold: 0,
        periodSeconds: minute,
        periods: { breaching: 3, of: 5 },
        silence: 'notBreaching',
      }),
      'system-errors': this.loud('table-system-errors', {
        description: 'DynamoDB itself fails; see the AWS Health Dashboard.',
        of: table.systemErrors,
        threshold: 0,
        periodSeconds: minute,
        periods: { breaching: 3, of: 5 },
        silence: 'notBreaching',
      }),
    };
  }

  private deadLetters({ as, deadLetterName }: WatchedQueue) {
    return this.loud(`${as}-dead-letters`, {
      description: `A message of ${as} failed every time. Read it, mend the cause, redrive it.`,
      of: queueMetrics(deadLetterName).waiting,
      threshold: 0,
      periodSeconds: minute,
      periods: once,
      silence: 'notBreaching',
    });
  }

  /** Feeds the composite alarm and deployments. */
  private quiet(id: string, spec: Spec) {
    return alarm(this, id, { ...spec, name: `${this.props.name}-${id}`, tell: [] });
  }

  private loud(id: string, spec: Spec) {
    const tell = [this.props.topicArn];
    return alarm(this, id, { ...spec, name: `${this.props.name}-${id}`, tell });
  }
}
