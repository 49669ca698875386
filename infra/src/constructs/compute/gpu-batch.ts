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
  /** Of hosts: Batch gives them none of the provider's. */
  readonly tags: Readonly<Record<string, string>>;
  readonly resourceTimeout: string;
}

/**
 * The worker's image as array jobs: whole cohorts at a time, on Spot GPUs while there are any, on
 * On-Demand ones when not. No host runs while no job waits.
 */
export class GpuBatch extends Construct {
  constructor(scope: Construct, id: string, props: GpuBatchProps) {
    super(scope, id);
    const host = this.host(props);
    const spot = this.hosts('spot', props, host, {
      type: 'SPOT',
      // With the price in it, the provider replaces the environment at every change, which its queue forbids.
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

  /** Batch acts through its service-linked role; only with that can it replace hosts in an update. */
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
          // By number: another one replaces the hosts, which "$Latest" would not.
          version: host.template.getStringAttribute('latest_version'),
        },
        tags: { ...props.tags, Name: `${props.name}-${market}` },
      },
      // Jobs in hand end on the old hosts; array children that did not are tried again.
      updatePolicy: {
        jobExecutionTimeoutMinutes: props.timeoutMinutes,
        terminateJobsOnUpdate: false,
      },
    });
  }

  private host(props: GpuBatchProps) {
    const role = new IamRole(this, 'host-role', {
      name: `${props.name}-host`,
      description: 'GPU hosts of Batch: the agent of ECS',
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
      // One hop: jobs, which share the host's network, still have to ask for a token.
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
      description: `What jobs of ${name} themselves may do`,
      account,
      grants: props.grants,
    });
    new BatchJobDefinition(this, 'definition', {
      name,
      type: 'container',
      platformCapabilities: ['EC2'],
      propagateTags: true,
      // Old revisions stay for jobs that wait, and for a rollback.
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
          // "Host EC2 (instance i-…) terminated.": Spot took it back; the job did nothing wrong.
          { onStatusReason: 'Host EC2*', action: 'retry' },
          { onReason: 'CannotPullContainerError:*', action: 'retry' },
          // Its own failure comes again with the same input.
          { onReason: '*', action: 'exit' },
        ],
      },
      timeout: { attemptDurationSeconds: props.timeoutMinutes * 60 },
    });
  }
}
