import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { awslogsDestination } from '../logs/awslogs-destination';
import { CannotStartContainer } from '../runtime/task-runtime';
import { ecrImage } from './ecr-image';
import { parseSecretReference } from './secret-reference';
import type { TaskRecord } from './task-record';

/** A call that ECS makes for a task. */
interface CallForTask {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What IAM decides about the roles of a task. */
export interface TaskRoles {
  /** Whether ECS can assume a role for the task. */
  canAssume(task: TaskRecord, roleArn: string): Promise<boolean>;
  /** @returns AWS's sentence if a role of the task may not make the call */
  denial(task: TaskRecord, roleArn: string, call: CallForTask): Promise<string | undefined>;
}

/**
 * Refuses to start a task whose roles ECS cannot assume, or whose execution role may not pull its images, read its
 * secrets or create its log streams. Without an execution role, the host's role does all of that, which is not judged.
 * @throws CannotStartContainer with the reason in the words of ECS
 */
export async function checkTaskRoles(
  task: TaskRecord,
  definition: TaskDefinition,
  roles: TaskRoles,
): Promise<void> {
  const executionRoleArn = task.overrides.executionRoleArn ?? definition.executionRoleArn;
  const taskRoleArn = task.overrides.taskRoleArn ?? definition.taskRoleArn;
  for (const roleArn of [executionRoleArn, taskRoleArn])
    if (roleArn && !(await roles.canAssume(task, roleArn)))
      throw new CannotStartContainer(
        `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      );
  if (!executionRoleArn) return;
  for (const container of definition.containerDefinitions ?? [])
    for (const { call, reason } of callsFor(task, container)) {
      const denial = await roles.denial(task, executionRoleArn, call);
      if (denial !== undefined)
        throw new CannotStartContainer(reason(denial), { container: container.name ?? '' });
    }
}

interface NeededCall {
  readonly call: CallForTask;
  /** The stopped reason if the call is denied. */
  readonly reason: (denial: string) => string;
}

const callsFor = (task: TaskRecord, container: ContainerDefinition): readonly NeededCall[] => [
  ...pulling(task, container.image ?? ''),
  ...(container.secrets ?? []).map(({ valueFrom = '' }) => reading(task, valueFrom)),
  ...logging(task, container),
];

const initialization = (what: string) => (denial: string) =>
  `ResourceInitializationError: ${what}: AccessDeniedException: ${denial}`;
const secretsOrRegistry =
  'unable to pull secrets or registry auth: execution resource retrieval failed';

function pulling({ arn }: TaskRecord, image: string): readonly NeededCall[] {
  const found = ecrImage(image);
  if (!found || found.account !== arn.split(':')[4]) return [];
  const { region, repository, imageId } = found;
  const call = (operation: string, parameters: CallForTask['parameters']) => ({
    service: 'ecr',
    operation,
    region,
    parameters,
  });
  const version = 'imageTag' in imageId ? imageId.imageTag : imageId.imageDigest;
  const forbidden = () =>
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: pulling from host ${image.split('/')[0]} failed with status code [manifests ${version}]: 403 Forbidden`;
  return [
    {
      call: call('GetAuthorizationToken', {}),
      reason: initialization(
        `${secretsOrRegistry}: unable to retrieve ecr registry auth: service call has been retried 1 time(s)`,
      ),
    },
    ...['BatchGetImage', 'GetDownloadUrlForLayer'].map((operation) => ({
      call: call(operation, { repositoryName: repository }),
      reason: forbidden,
    })),
  ];
}

function reading({ region: here }: TaskRecord, valueFrom: string): NeededCall {
  const reference = parseSecretReference(valueFrom, here);
  const { region } = reference;
  return reference.kind === 'parameter'
    ? {
        call: {
          service: 'ssm',
          operation: 'GetParameters',
          region,
          parameters: { Names: [reference.name] },
        },
        reason: initialization(
          `${secretsOrRegistry}: unable to retrieve secrets from ssm: service call has been retried 1 time(s)`,
        ),
      }
    : {
        call: {
          service: 'secretsmanager',
          operation: 'GetSecretValue',
          region,
          parameters: { SecretId: reference.secretId },
        },
        reason: initialization(
          `${secretsOrRegistry}: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${valueFrom} from secrets manager`,
        ),
      };
}

function logging(task: TaskRecord, container: ContainerDefinition): readonly NeededCall[] {
  const destination = awslogsDestination(container.logConfiguration, {
    container: container.name ?? '',
    taskId: task.id,
    region: task.region,
  });
  if (!destination) return [];
  const { region, group, stream, createGroup } = destination;
  const create = (operation: string, what: string, parameters: CallForTask['parameters']) => ({
    call: { service: 'logs', operation, region, parameters },
    reason: initialization(
      `failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log ${what}`,
    ),
  });
  const logGroupName = group;
  return [
    ...(createGroup ? [create('CreateLogGroup', 'group', { logGroupName })] : []),
    create('CreateLogStream', 'stream', { logGroupName, logStreamName: stream }),
  ];
}
