import { Construct } from 'constructs';
import { AppautoscalingPolicy, type AppautoscalingTarget, type EcsService } from '../../aws';
import { addAlarm } from '../observability/alarm';
import type { Metric } from '../observability/metric';
import { ecsMetrics, queueMetrics } from '../observability/service-metrics';
import { targetArguments, addScalableTarget } from './service-scaling';

export interface BacklogScalingProps {
  readonly name: string;
  readonly clusterName: string;
  readonly service: EcsService;
  readonly queueName: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Target number of waiting messages per task. */
  readonly backlogPerTask: number;
}

/**
 * Scales a worker by waiting messages per desired (not running) task. A GPU host takes minutes to start;
 * until then, dividing by running tasks would request more and more of them. Target tracking multiplies
 * the current count and so never leaves zero: an alarm on "messages but no tasks" starts the first one.
 */
export class BacklogScaling extends Construct {
  constructor(scope: Construct, id: string, props: BacklogScalingProps) {
    super(scope, id);
    const target = addScalableTarget(this, props);
    const metrics = {
      waiting: queueMetrics(props.queueName).waiting,
      wanted: ecsMetrics(props.clusterName, props.service.name).desired,
    };
    new AppautoscalingPolicy(this, 'backlog', {
      name: `${props.name}-backlog-per-task`,
      policyType: 'TargetTrackingScaling',
      ...targetArguments(target),
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.backlogPerTask,
        // Container Insights reports a new count one minute late.
        scaleOutCooldown: 120,
        scaleInCooldown: 600,
        customizedMetricSpecification: {
          metrics: [
            ...Object.entries(metrics).map(([id, { stat, ...metric }]) => ({
              id,
              returnData: false,
              metricStat: { stat, metric: named(metric) },
            })),
            {
              id: 'backlog',
              label: 'Waiting messages per task',
              expression: 'waiting / IF(FILL(wanted, 0) > 1, wanted, 1)',
              returnData: true,
            },
          ],
        },
      },
    });
    if (props.minimum === 0) this.startFromZero(props.name, target, metrics);
  }

  private startFromZero(
    name: string,
    target: AppautoscalingTarget,
    metrics: Readonly<Record<'waiting' | 'wanted', Metric>>,
  ) {
    const first = new AppautoscalingPolicy(this, 'first-task', {
      name: `${name}-first-task`,
      policyType: 'StepScaling',
      ...targetArguments(target),
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ExactCapacity',
        cooldown: 120,
        metricAggregationType: 'Maximum',
        stepAdjustment: [{ metricIntervalLowerBound: '0', scalingAdjustment: 1 }],
      },
    });
    addAlarm(this, 'work-without-worker', {
      name: `${name}-work-without-worker`,
      description: 'Starts the first worker when messages wait and no worker is desired.',
      metric: {
        label: 'Messages without a desired task',
        expression: 'IF(FILL(wanted, 0) < 1, waiting, 0)',
        metrics,
      },
      threshold: 0,
      periodSeconds: 60,
      datapoints: { breaching: 1, of: 1 },
      // SQS stops reporting an idle queue after six hours.
      missingData: 'notBreaching',
      notify: [],
      scalingPolicyArn: first.arn,
    });
  }
}

const named = ({ dimensions, ...metric }: Omit<Metric, 'stat'>) => ({
  ...metric,
  dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
});
