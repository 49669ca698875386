import type { Construct } from 'constructs';
import {
  AppautoscalingPolicy,
  AppautoscalingScheduledAction,
  AppautoscalingTarget,
  type EcsService,
} from '../../aws';

/** The task count bounds of a service from a scheduled time on. */
export interface ScheduledBounds {
  /** E.g. `night`. */
  readonly name: string;
  /** EventBridge syntax, e.g. `cron(0 20 * * ? *)`. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** The task count of a service, which its scaling policies change. */
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
    // A schedule changes both; an apply at night must not treat that as drift.
    ...(props.schedule?.length
      ? { lifecycle: { ignoreChanges: ['min_capacity', 'max_capacity'] } }
      : {}),
  });

/** Changes the bounds on a schedule: fewer tasks at night, more before people wake. */
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

/** The arguments with which a policy refers to its target. */
export const targetArguments = (target: AppautoscalingTarget) => ({
  resourceId: target.resourceId,
  scalableDimension: target.scalableDimension,
  serviceNamespace: target.serviceNamespace,
});

/** Keeps a predefined metric of a service near a value. */
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
      // Scales out fast and in slowly: uploads peak every morning.
      scaleOutCooldown: 60,
      scaleInCooldown: 300,
      predefinedMetricSpecification: {
        predefinedMetricType: props.metric,
        ...(props.resourceLabel ? { resourceLabel: props.resourceLabel } : {}),
      },
    },
  });
