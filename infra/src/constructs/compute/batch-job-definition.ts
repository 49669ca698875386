import type { Construct } from 'constructs';
import { BatchJobDefinition } from '../../aws';
import { executionGrants } from '../../permissions/container-grants';
import type { Grant } from '../../permissions/least-privilege-policy';
import { TaskRole } from '../identity/task-role';
import { ServiceLogs } from '../observability/service-logs';
import { awslogs, unprivileged } from './container-definition';

export interface JobDefinitionProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly image: string;
  readonly repositoryArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
  readonly jobVcpus: number;
  readonly jobMemoryMiB: number;
  readonly attempts: number;
  readonly timeoutMinutes: number;
  readonly diskKeyArn: string;
  readonly logGroup: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
}

/** The definition of a job with one GPU, with its log group and roles. */
export function addJobDefinition(scope: Construct, props: JobDefinitionProps): void {
  const { account, name } = props;
  const logs = new ServiceLogs(scope, 'logs', {
    name: props.logGroup,
    retentionDays: props.logRetentionDays,
    keyArn: props.logsKeyArn,
  });
  const execution = new TaskRole(scope, 'execution', {
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
  const role = new TaskRole(scope, 'role', {
    name: `${name}-job`,
    description: `Permissions of jobs of ${name}`,
    account,
    grants: props.grants,
  });
  new BatchJobDefinition(scope, 'definition', {
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
