import type { Construct } from 'constructs';
import {
  AppautoscalingPolicy,
  AppautoscalingScheduledAction,
  AppautoscalingTarget,
  type EcsService,
} from '../../aws';

/** From when on between how many tasks a service may scale. */
export interface ScheduledBounds {
  /** E.g. `night`. */
  readonly name: string;
  /** As EventBridge writes it, e.g. `cron(0 20 * * ? *)`. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** What the policies of one service have in common: the thing that they scale. */
export const addScalableTarget = (
  scope: Construct,
  props: {
    readonly clusterName: string;
    readonly service: EcsService;
    readonly minimum: number;
    readonly maximum: number;
    readonly schedule?: readonly ScheduledBounds[];
  },
): AppautoscalingTarget =>
  new AppautoscalingTarget(scope, 'target', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${props.clusterName}/${props.service.name}`,
    minCapacity: props.minimum,
    maxCapacity: props.maximum,
    // A schedule sets both by the clock: an apply at night must not take them for drift.
    ...(props.schedule?.length
      ? { lifecycle: { ignoreChanges: ['min_capacity', 'max_capacity'] } }
      : {}),
  });

/** Moves the bounds by the clock: fewer tasks while people sleep, more before they wake. */
export const addScheduledBounds = (
  scope: Construct,
  name: string,
  target: AppautoscalingTarget,
  schedule: readonly ScheduledBounds[],
) =>
  schedule.map(
    (each) =>
      new AppautoscalingScheduledAction(scope, `schedule-${each.name}`, {
        name: `${name}-${each.name}`,
        ...targetArguments(target),
        schedule: each.schedule,
        timezone: each.timeZone,
        scalableTargetAction: {
          minCapacity: String(each.minimum),
          maxCapacity: String(each.maximum),
        },
      }),
  );

/** The arguments by which a policy names its target. */
export const targetArguments = (target: AppautoscalingTarget) => ({
  resourceId: target.resourceId,
  scalableDimension: target.scalableDimension,
  serviceNamespace: target.serviceNamespace,
});

/** Keeps one of AWS's own metrics of a service near a value. */
export const addTargetTracking = (
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
    ...targetArguments(props.target),
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
