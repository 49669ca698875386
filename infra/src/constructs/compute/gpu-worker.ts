import { Construct } from 'constructs';
import { BacklogScaling } from './backlog-scaling';
import { HardenedTask, type HardenedTaskProps } from './hardened-task';
import { RollingService, type RollingServiceProps } from './rolling-service';
import type { ServiceLogs } from '../observability/service-logs';

export interface GpuWorkerProps
  extends
    Omit<HardenedTaskProps, 'container' | 'stopSeconds'>,
    Omit<RollingServiceProps, 'name' | 'task' | 'loadBalancer' | 'tags'> {
  readonly clusterName: string;
  readonly queueName: string;
  readonly scaling: {
    readonly minimum: number;
    readonly maximum: number;
    readonly backlogPerTask: number;
  };
}

const container = 'ml-worker';

/**
 * A queue worker, one per GPU (or on Fargate without a GPU), scaled by its backlog. Its tasks need no
 * scale-in protection: a job takes seconds, on SIGTERM the worker finishes or returns its jobs, and the
 * queue redelivers any others. The capacity provider protects hosts that still have a task.
 */
export class GpuWorker extends Construct {
  readonly serviceName: string;
  readonly taskDefinitionArn: string;
  readonly logs: ServiceLogs;

  constructor(scope: Construct, id: string, props: GpuWorkerProps) {
    super(scope, id);
    // 120 s is Fargate's maximum and a job's visibility timeout: the job is done or returned before that.
    const task = new HardenedTask(this, 'task', { ...props, container, stopSeconds: 120 });
    const rolling = new RollingService(this, 'rolling', {
      ...props,
      task,
      tags: { Service: container },
    });
    new BacklogScaling(this, 'scaling', {
      name: props.name,
      clusterName: props.clusterName,
      service: rolling.service,
      queueName: props.queueName,
      ...props.scaling,
    });
    this.serviceName = rolling.name;
    this.taskDefinitionArn = task.arn;
    this.logs = task.logs;
  }
}
