import { Construct } from 'constructs';
import {
  BatchComputeEnvironment,
  BatchJobDefinition,
  BatchJobQueue,
  IamInstanceProfile,
  IamRole,
  IamRolePolicyAttachment,
  LaunchTemplate,
} from '../../aws';
import { awslogs, unprivileged } from './container-definition';
import type { Grant } from '../../permissions/least-privilege-policy';
import { trustPolicy } from '../../permissions/policy-document';
import { ServiceLogs } from '../observability/service-logs';
import { TaskRole } from '../identity/task-role';
import { executionGrants } from '../../permissions/container-grants';

export interface GpuBatchProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly image: string;
  readonly repositoryArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
  readonly instanceTypes: string[];
  readonly maxVcpus: number;
  readonly jobVcpus: number;
  readonly jobMemoryMiB: number;
  readonly attempts: number;
  readonly timeoutMinutes: number;
  readonly rootVolumeGiB: number;
  readonly diskKeyArn: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly logGroup: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
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
    const host = this.host(props);
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
      timeouts: {
        create: props.resourceTimeout,
        update: props.resourceTimeout,
        delete: props.resourceTimeout,
      },
    });
    this.job(props);
  }

  /** Batch uses its service-linked role, which it requires to replace hosts in an update. */
  private hosts(
    market: string,
    props: GpuBatchProps,
    host: { readonly template: LaunchTemplate; readonly profile: IamInstanceProfile },
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

  private host(props: GpuBatchProps) {
    const role = new IamRole(this, 'host-role', {
      name: `${props.name}-host`,
      description: 'GPU hosts of Batch: ECS agent',
      assumeRolePolicy: trustPolicy('ec2.amazonaws.com'),
    });
    new IamRolePolicyAttachment(this, 'host-ecs', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
    });
    const profile = new IamInstanceProfile(this, 'host-profile', {
      name: `${props.name}-host`,
      role: role.name,
    });
    const template = new LaunchTemplate(this, 'host', {
      name: props.name,
      description: 'GPU host of Batch; image and agent come from Batch itself',
      updateDefaultVersion: true,
      // One hop: jobs share the host's network and still have to request a token.
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeSize: props.rootVolumeGiB,
            volumeType: 'gp3',
            encrypted: 'true',
            kmsKeyId: props.diskKeyArn,
            deleteOnTermination: 'true',
          },
        },
      ],
    });
    return { template, profile };
  }

  private job(props: GpuBatchProps) {
    const { account, name } = props;
    const logs = new ServiceLogs(this, 'logs', {
      name: props.logGroup,
      retentionDays: props.logRetentionDays,
      keyArn: props.logsKeyArn,
    });
    const execution = new TaskRole(this, 'execution', {
      name: `${name}-execution`,
      description: `Starts jobs of ${name}`,
      account,
      grants: executionGrants({
        repositoryArn: props.repositoryArn,
        logGroupArns: [logs.arn],
        secretArns: [],
        keyArn: props.diskKeyArn,
        region: account.region,
      }),
    });
    const role = new TaskRole(this, 'role', {
      name: `${name}-job`,
      description: `Permissions of jobs of ${name}`,
      account,
      grants: props.grants,
    });
    new BatchJobDefinition(this, 'definition', {
      name,
      type: 'container',
      platformCapabilities: ['EC2'],
      propagateTags: true,
      // Queued jobs and rollbacks use old revisions.
      deregisterOnNewRevision: false,
      containerProperties: JSON.stringify({
        image: props.image,
        command: [],
        environment: Object.entries(props.environment)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => ({ name: key, value })),
        jobRoleArn: role.arn,
        executionRoleArn: execution.arn,
        resourceRequirements: [
          { type: 'VCPU', value: String(props.jobVcpus) },
          { type: 'MEMORY', value: String(props.jobMemoryMiB) },
          { type: 'GPU', value: '1' },
        ],
        user: unprivileged,
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true },
        logConfiguration: awslogs(logs.name, account.region, 'job'),
        mountPoints: [],
        volumes: [],
        ulimits: [],
        secrets: [],
      }),
      retryStrategy: {
        attempts: props.attempts,
        evaluateOnExit: [
          // "Host EC2 (instance i-…) terminated.": a Spot interruption, not a failure of the job.
          { onStatusReason: 'Host EC2*', action: 'retry' },
          { onReason: 'CannotPullContainerError:*', action: 'retry' },
          // The job's own failure would repeat with the same input.
          { onReason: '*', action: 'exit' },
        ],
      },
      timeout: { attemptDurationSeconds: props.timeoutMinutes * 60 },
    });
  }
}
