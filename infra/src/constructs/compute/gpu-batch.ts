import { Construct } from 'constructs';
import { BatchComputeEnvironment, BatchJobQueue } from '../../aws';
import { addJobDefinition, type JobDefinitionProps } from './batch-job-definition';
import { addGpuHost } from './gpu-host';
import { timeouts } from '../timeouts';

export interface GpuBatchProps extends JobDefinitionProps {
  readonly instanceTypes: string[];
  readonly maxVcpus: number;
  readonly rootVolumeGiB: number;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  /** Tags of the hosts: Batch does not apply the provider's default tags to them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly resourceTimeout: string;
}

/**
 * The worker's image as array jobs for whole cohorts, on Spot GPUs if available, else on On-Demand ones.
 * No host runs while the queue is empty.
 */
export class GpuBatch extends Construct {
  constructor(scope: Construct, id: string, props: GpuBatchProps) {
    super(scope, id);
    const host = addGpuHost(this, {
      name: props.name,
      description: 'GPU host of Batch; image and agent come from Batch itself',
      roleDescription: 'GPU hosts of Batch: ECS agent',
      policies: ['ecs'],
      rootVolumeGiB: props.rootVolumeGiB,
      diskKeyArn: props.diskKeyArn,
    });
    const spot = this.hosts('spot', props, host, {
      type: 'SPOT',
      // The price-capacity strategy would force a replacement on each change, which the queue prevents.
      allocationStrategy: 'SPOT_CAPACITY_OPTIMIZED',
    });
    const onDemand = this.hosts('on-demand', props, host, {
      type: 'EC2',
      allocationStrategy: 'BEST_FIT_PROGRESSIVE',
    });
    new BatchJobQueue(this, 'queue', {
      name: props.name,
      state: 'ENABLED',
      priority: 1,
      computeEnvironmentOrder: [
        { order: 1, computeEnvironment: spot.arn },
        { order: 2, computeEnvironment: onDemand.arn },
      ],
      timeouts: timeouts(props.resourceTimeout),
    });
    addJobDefinition(this, props);
  }

  /** Batch uses its service-linked role, which it requires to replace hosts in an update. */
  private hosts(
    market: string,
    props: GpuBatchProps,
    host: ReturnType<typeof addGpuHost>,
    purchase: { readonly type: string; readonly allocationStrategy: string },
  ) {
    return new BatchComputeEnvironment(this, market, {
      computeEnvironmentName: `${props.name}-${market}`,
      type: 'MANAGED',
      state: 'ENABLED',
      computeResources: {
        ...purchase,
        minVcpus: 0,
        maxVcpus: props.maxVcpus,
        instanceType: props.instanceTypes,
        instanceRole: host.profile.arn,
        subnets: props.subnetIds,
        securityGroupIds: [props.securityGroupId],
        ec2Configuration: [{ imageType: 'ECS_AL2023_NVIDIA' }],
        launchTemplate: {
          launchTemplateId: host.template.id,
          // By number, so that a new version replaces the hosts; "$Latest" would not.
          version: host.template.getStringAttribute('latest_version'),
        },
        tags: { ...props.tags, Name: `${props.name}-${market}` },
      },
      // Running jobs finish on the old hosts; array children that do not are retried.
      updatePolicy: {
        jobExecutionTimeoutMinutes: props.timeoutMinutes,
        terminateJobsOnUpdate: false,
      },
    });
  }
}
