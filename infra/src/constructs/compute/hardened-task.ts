import { Construct } from 'constructs';
import { EcsTaskDefinition, type IamRolePolicy } from '../../aws';
import { containerDefinition, type SecretValue } from './container-definition';
import type { Grant } from '../../permissions/least-privilege-policy';
import { ServiceLogs } from '../observability/service-logs';
import { TaskRole } from '../identity/task-role';
import { executionGrants } from '../../permissions/container-grants';
import { guarddutyAgentGrants } from '../../permissions/guardduty-agent-grants';
import type { Sidecar } from './trace-collector';

export interface HardenedTaskProps {
  /** Also the task definition's family and the prefix of its roles. */
  readonly name: string;
  readonly container: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly image: string;
  readonly repositoryArn: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretValue>>;
  /** Encrypts the secrets. */
  readonly secretsKeyArn: string;
  readonly grants: readonly Grant[];
  readonly logGroup: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
  readonly startupSeconds: number;
  readonly stopSeconds: number;
  readonly collector: Sidecar;
}

/** The port on which the apps listen, from PORT. */
export const appPort = 8080;

/**
 * A task definition with its log group, execution role and task role. Old revisions stay registered,
 * because a rollback runs them.
 */
export class HardenedTask extends Construct {
  readonly arn: string;
  /** The app's own log group, not the collector's. */
  readonly logs: ServiceLogs;
  readonly policies: IamRolePolicy[];

  constructor(scope: Construct, id: string, props: HardenedTaskProps) {
    super(scope, id);
    const { account, collector } = props;
    // A task with a GPU runs on our own hosts, any other on Fargate.
    const onFargate = props.gpus === 0;
    const logs = new ServiceLogs(this, 'logs', {
      name: props.logGroup,
      retentionDays: props.logRetentionDays,
      keyArn: props.logsKeyArn,
    });
    const execution = new TaskRole(this, 'execution', {
      name: `${props.name}-execution`,
      description: `Starts tasks of ${props.name}`,
      account,
      grants: [
        ...executionGrants({
          repositoryArn: props.repositoryArn,
          logGroupArns: [logs.arn, collector.logGroupArn],
          secretArns: [...new Set(Object.values(props.secrets).map(({ arn }) => arn))],
          keyArn: props.secretsKeyArn,
          region: account.region,
        }),
        ...(onFargate ? guarddutyAgentGrants(account.region) : []),
      ],
    });
    const role = new TaskRole(this, 'role', {
      name: `${props.name}-task`,
      description: `Permissions of ${props.name} itself`,
      account,
      grants: [...props.grants, ...collector.taskGrants],
    });
    const task = new EcsTaskDefinition(this, 'definition', {
      family: props.name,
      requiresCompatibilities: [onFargate ? 'FARGATE' : 'EC2'],
      networkMode: 'awsvpc',
      cpu: String(props.cpu),
      memory: String(props.memoryMiB),
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
      executionRoleArn: execution.arn,
      taskRoleArn: role.arn,
      skipDestroy: true,
      containerDefinitions: JSON.stringify([
        containerDefinition({
          name: props.container,
          image: props.image,
          port: appPort,
          environment: { ...collector.environment, ...props.environment },
          secrets: props.secrets,
          logGroup: logs.name,
          region: account.region,
          startupSeconds: props.startupSeconds,
          stopSeconds: props.stopSeconds,
          cpu: props.cpu - collector.cpu,
          gpus: props.gpus,
        }),
        collector.container,
      ]),
    });
    this.arn = task.arn;
    this.logs = logs;
    this.policies = [execution.policy, role.policy];
  }
}
