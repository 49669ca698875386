import { Construct } from 'constructs';
import { appPort, HardenedTask, type HardenedTaskProps } from './hardened-task';
import { RollingService, type RollingServiceProps } from './rolling-service';
import type { ServiceLogs } from '../observability/service-logs';
import {
  type ScheduledBounds,
  addScalableTarget,
  addScheduledBounds,
  addTargetTracking,
} from './service-scaling';

export interface FargateApiProps
  extends
    Omit<HardenedTaskProps, 'container' | 'gpus' | 'stopSeconds'>,
    Omit<RollingServiceProps, 'name' | 'task' | 'loadBalancer' | 'tags'> {
  readonly clusterName: string;
  readonly targetGroupArn: string;
  readonly resourceLabel: string;
  readonly scaling: {
    readonly minimum: number;
    readonly maximum: number;
    readonly cpuPercent: number;
    readonly memoryPercent: number;
    readonly requestsPerTargetPerMinute: number;
    readonly schedule: readonly ScheduledBounds[];
  };
}

const container = 'api';

/** An HTTP service on Fargate behind the load balancer, scaled by CPU, memory and request count. */
export class FargateApi extends Construct {
  readonly serviceName: string;
  readonly taskDefinitionArn: string;
  readonly logs: ServiceLogs;

  constructor(scope: Construct, id: string, props: FargateApiProps) {
    super(scope, id);
    const task = new HardenedTask(this, 'task', { ...props, container, gpus: 0, stopSeconds: 60 });
    const rolling = new RollingService(this, 'rolling', {
      ...props,
      task,
      tags: { Service: container },
      loadBalancer: {
        targetGroupArn: props.targetGroupArn,
        container,
        port: appPort,
        graceSeconds: props.startupSeconds,
      },
    });
    const { scaling } = props;
    const target = addScalableTarget(this, {
      clusterName: props.clusterName,
      service: rolling.service,
      ...scaling,
    });
    addScheduledBounds(this, props.name, target, scaling.schedule);
    const track = (what: string, metric: string, value: number, resourceLabel?: string) =>
      addTargetTracking(this, `${what}-tracking`, {
        name: `${props.name}-${what}`,
        target,
        metric,
        value,
        ...(resourceLabel ? { resourceLabel } : {}),
      });
    track('cpu', 'ECSServiceAverageCPUUtilization', scaling.cpuPercent);
    track('memory', 'ECSServiceAverageMemoryUtilization', scaling.memoryPercent);
    track(
      'requests',
      'ALBRequestCountPerTarget',
      scaling.requestsPerTargetPerMinute,
      props.resourceLabel,
    );
    this.serviceName = rolling.name;
    this.taskDefinitionArn = task.arn;
    this.logs = task.logs;
  }
}
