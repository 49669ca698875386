import type { Construct } from 'constructs';
import { AppautoscalingPolicy, AppautoscalingTarget, type SagemakerEndpoint } from '../../aws';
import { addAlarm } from '../observability/alarm';
import { targetArguments } from './service-scaling';

export interface EndpointScalingProps {
  /** Name of the endpoint and prefix of its policies and alarm. */
  readonly name: string;
  readonly variant: string;
  readonly maxInstances: number;
  /** Target number of waiting invocations per instance. */
  readonly backlogPerInstance: number;
}

/** Scales by backlog per instance, which is undefined at zero: an alarm starts the first instance. */
export function addEndpointScaling(
  scope: Construct,
  endpoint: SagemakerEndpoint,
  props: EndpointScalingProps,
): void {
  const target = new AppautoscalingTarget(scope, 'target', {
    serviceNamespace: 'sagemaker',
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    resourceId: `endpoint/${endpoint.name}/variant/${props.variant}`,
    minCapacity: 0,
    maxCapacity: props.maxInstances,
  });
  const dimensions = { EndpointName: props.name };
  new AppautoscalingPolicy(scope, 'backlog', {
    name: `${props.name}-backlog`,
    policyType: 'TargetTrackingScaling',
    ...targetArguments(target),
    targetTrackingScalingPolicyConfiguration: {
      targetValue: props.backlogPerInstance,
      scaleOutCooldown: 300,
      scaleInCooldown: 600,
      customizedMetricSpecification: {
        namespace: 'AWS/SageMaker',
        metricName: 'ApproximateBacklogSizePerInstance',
        statistic: 'Average',
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
    },
  });
  const first = new AppautoscalingPolicy(scope, 'first-instance', {
    name: `${props.name}-first-instance`,
    policyType: 'StepScaling',
    ...targetArguments(target),
    stepScalingPolicyConfiguration: {
      adjustmentType: 'ChangeInCapacity',
      cooldown: 300,
      metricAggregationType: 'Average',
      stepAdjustment: [{ metricIntervalLowerBound: '0', scalingAdjustment: 1 }],
    },
  });
  addAlarm(scope, 'work-without-instance', {
    name: `${props.name}-work-without-instance`,
    description: 'Starts the first instance when invocations wait and no instance runs.',
    metric: {
      namespace: 'AWS/SageMaker',
      metricName: 'HasBacklogWithoutCapacity',
      dimensions,
      stat: 'Average',
    },
    threshold: 0,
    periodSeconds: 60,
    datapoints: { breaching: 2, of: 2 },
    // Published only while there is a backlog.
    missingData: 'notBreaching',
    notify: [],
    scalingPolicyArn: first.arn,
  });
}
