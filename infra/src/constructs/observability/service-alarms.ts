import { Construct } from 'constructs';
import { CloudwatchCompositeAlarm, type CloudwatchMetricAlarm } from '../../aws';
import { addAlarm, withGuide } from './alarm';
import { causeAlarms } from './cause-alarms';
import type { AlarmThresholds, MonitoredServices } from './monitored-services';
import {
  type AlarmSpec,
  apiAlarms,
  delayedJobAlarms,
  reachabilityAlarms,
} from './user-impact-alarms';

export interface ServiceAlarmsProps extends MonitoredServices {
  /** Prefix of every alarm. */
  readonly name: string;
  readonly topicArn: string;
  /** Route 53's health check, if the internet can reach the API. */
  readonly healthCheckId?: string;
  readonly thresholds: AlarmThresholds;
}

/**
 * Every alarm of an environment. Alarms on user impact feed one composite alarm, which alone notifies,
 * once per incident; alarms on causes notify by themselves.
 */
export class ServiceAlarms extends Construct {
  /** Any of them rolls back a deployment of the API. */
  readonly rollBackApi: readonly string[];
  /** Any of them rolls back a deployment of the worker. */
  readonly rollBackWorker: readonly string[];
  /** ARNs of all alarms, the composite alarm first. */
  readonly arns: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceAlarmsProps,
  ) {
    super(scope, id);
    const { balancer, healthCheckId, queues, thresholds, topicArn } = props;
    const api = this.addAlarms(apiAlarms(balancer, thresholds), []);
    const others = {
      ...reachabilityAlarms(healthCheckId),
      ...delayedJobAlarms(queues, thresholds),
    };
    const userImpact = [...Object.values(api), ...Object.values(this.addAlarms(others, []))];
    const causes = this.addAlarms(causeAlarms(props, thresholds), [topicArn]);
    const health = new CloudwatchCompositeAlarm(this, 'health', {
      alarmName: `${props.name}-service-health`,
      alarmDescription: withGuide(
        'User-facing impact: failing or slow requests, or delayed analyses.',
        'service-health',
      ),
      alarmRule: userImpact.map((each) => `ALARM("${each.alarmName}")`).join(' OR '),
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
    this.rollBackApi = [api['api-server-errors'].alarmName, api['api-unhealthy-targets'].alarmName];
    this.rollBackWorker = [causes['ml-worker-errors'].alarmName];
    this.arns = [health, ...userImpact, ...Object.values(causes)].map(({ arn }) => arn);
  }

  private addAlarms<Id extends string>(
    specs: Readonly<Record<Id, AlarmSpec>>,
    notify: readonly string[],
  ): Readonly<Record<Id, CloudwatchMetricAlarm>> {
    return Object.fromEntries(
      Object.entries<AlarmSpec>(specs).map(([id, spec]) => [
        id,
        addAlarm(this, id, { ...spec, name: `${this.props.name}-${id}`, notify }),
      ]),
    ) as Record<Id, CloudwatchMetricAlarm>;
  }
}
