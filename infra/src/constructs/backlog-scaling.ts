import { Construct } from 'constructs';
import { AppautoscalingPolicy, CloudwatchMetricAlarm, type EcsService } from '../aws';
import { policyOf, scalableTarget } from './service-scaling';

export interface BacklogScalingProps {
  readonly name: string;
  readonly clusterName: string;
  readonly service: EcsService;
  readonly queueName: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Waiting messages that each running task should have. */
  readonly backlogPerTask: number;
}

/**
 * Scales a worker by the messages that wait for each of its tasks. Tracking multiplies the present
 * count and so never leaves zero: an alarm on "messages, but no task" starts the first one.
 */
export class BacklogScaling extends Construct {
  constructor(scope: Construct, id: string, props: BacklogScalingProps) {
    super(scope, id);
    const target = scalableTarget(this, props);
    const waiting = {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: props.queueName },
    };
    const running = {
      namespace: 'ECS/ContainerInsights',
      metricName: 'RunningTaskCount',
      dimensions: { ClusterName: props.clusterName, ServiceName: props.service.name },
    };
    new AppautoscalingPolicy(this, 'backlog', {
      name: `${props.name}-backlog-per-task`,
      policyType: 'TargetTrackingScaling',
      ...policyOf(target),
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.backlogPerTask,
        scaleOutCooldown: 60,
        scaleInCooldown: 600,
        customizedMetricSpecification: {
          metrics: [
            {
              id: 'waiting',
              returnData: false,
              metricStat: { stat: 'Average', metric: named(waiting) },
            },
            {
              id: 'running',
              returnData: false,
              metricStat: { stat: 'Average', metric: named(running) },
            },
            {
              id: 'backlog',
              label: 'Messages waiting for each task',
              expression: 'waiting / IF(FILL(running, 0) > 1, running, 1)',
              returnData: true,
            },
          ],
        },
      },
    });
    if (props.minimum === 0) this.startFromZero(props, policyOf(target), waiting, running);
  }

  private startFromZero(
    props: BacklogScalingProps,
    target: ReturnType<typeof policyOf>,
    waiting: Metric,
    running: Metric,
  ) {
    const first = new AppautoscalingPolicy(this, 'first-task', {
      name: `${props.name}-first-task`,
      policyType: 'StepScaling',
      ...target,
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ExactCapacity',
        cooldown: 120,
        metricAggregationType: 'Maximum',
        stepAdjustment: [{ metricIntervalLowerBound: '0', scalingAdjustment: 1 }],
      },
    });
    const metric = (id: string, of: Metric) => ({
      id,
      returnData: false,
      metric: { ...of, period: 60, stat: 'Maximum' },
    });
    new CloudwatchMetricAlarm(this, 'work-without-worker', {
      alarmName: `${props.name}-work-without-worker`,
      alarmDescription: 'Messages wait and no worker runs: starts the first one.',
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
      alarmActions: [first.arn],
      metricQuery: [
        metric('waiting', waiting),
        metric('running', running),
        {
          id: 'stranded',
          label: 'Messages with no task running',
          expression: 'IF(FILL(running, 0) < 1, waiting, 0)',
          returnData: true,
        },
      ],
    });
  }
}

interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { [name: string]: string };
}

const named = ({ dimensions, ...metric }: Metric) => ({
  ...metric,
  dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
});
