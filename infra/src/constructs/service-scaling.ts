import type { Construct } from 'constructs';
import { AppautoscalingPolicy, AppautoscalingTarget, type EcsService } from '../aws';

/** What the policies of one service have in common: the thing that they scale. */
export const scalableTarget = (
  scope: Construct,
  props: {
    readonly clusterName: string;
    readonly service: EcsService;
    readonly minimum: number;
    readonly maximum: number;
  },
): AppautoscalingTarget =>
  new AppautoscalingTarget(scope, 'target', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${props.clusterName}/${props.service.name}`,
    minCapacity: props.minimum,
    maxCapacity: props.maximum,
  });

/** The arguments by which a policy names its target. */
export const policyOf = (target: AppautoscalingTarget) => ({
  resourceId: target.resourceId,
  scalableDimension: target.scalableDimension,
  serviceNamespace: target.serviceNamespace,
});

/** Keeps one of AWS's own metrics of a service near a value. */
export const trackPredefined = (
  scope: Construct,
  id: string,
  props: {
    readonly name: string;
    readonly target: AppautoscalingTarget;
    readonly metric: string;
    readonly value: number;
    readonly resourceLabel?: string;
  },
): AppautoscalingPolicy =>
  new AppautoscalingPolicy(scope, id, {
    name: props.name,
    policyType: 'TargetTrackingScaling',
    ...policyOf(props.target),
    targetTrackingScalingPolicyConfiguration: {
      targetValue: props.value,
      // Out at once, in slowly: a wave of uploads comes back every morning.
      scaleOutCooldown: 60,
      scaleInCooldown: 300,
      predefinedMetricSpecification: {
        predefinedMetricType: props.metric,
        ...(props.resourceLabel ? { resourceLabel: props.resourceLabel } : {}),
      },
    },
  });
