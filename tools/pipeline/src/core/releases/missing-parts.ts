import {
  DescribeLogGroupsCommand,
  type CloudWatchLogsClient,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ContainerDefinition,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PipelineError } from '../../errors';
import type { AwsClients } from '../aws-clients';
import type { ServiceRef } from '../rollout/service-deployments';
import { assertRunnable } from './runnable';

/** The ARN of a secret, without the JSON key, stage and version that `valueFrom` may have after it. */
const secretArn = /^arn:aws:secretsmanager:[^:]+:\d+:secret:[^:]+/;

/**
 * What ECS needs to start tasks of a task definition and does not have, in sentences. Each part is asked for by
 * itself, so that one call lists everything.
 * @param taskDefinition ARN
 * @param image full reference by digest
 * @throws the error of AWS for every other refusal, e.g. missing permissions
 */
export async function missingParts(
  clients: AwsClients,
  ref: ServiceRef,
  { taskDefinition, image }: { readonly taskDefinition: string; readonly image: string },
): Promise<readonly string[]> {
  const [ecs, ecr] = await Promise.all([clients.ecs(), clients.ecr()]);
  try {
    await assertRunnable(ecs, ecr, taskDefinition, image);
  } catch (error) {
    if (error instanceof PipelineError && error.reason === 'noRelease') return [error.message];
    throw error;
  }
  const { taskDefinition: found = {} } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition }),
  );
  const containers = found.containerDefinitions ?? [];
  const [roles, secrets, groups, logs] = await Promise.all([
    missingRoles(clients, [found.taskRoleArn, found.executionRoleArn]),
    missingSecrets(clients, containers),
    missingTargetGroups(clients, ecs, ref),
    missingLogGroups(await clients.logs(), containers),
  ]);
  return [...roles, ...secrets, ...groups, ...logs];
}

/** @returns a sentence for each thing whose request AWS answers with one of these errors */
async function absent<Thing>(
  things: Iterable<Thing>,
  what: (thing: Thing) => string,
  ask: (thing: Thing) => Promise<unknown>,
  errors: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    [...things].map(async (thing) => {
      try {
        return (await ask(thing)) === false ? [what(thing)] : [];
      } catch (error) {
        if (errors.includes((error as Error).name)) return [what(thing)];
        throw error;
      }
    }),
  );
  return found.flat();
}

async function missingRoles(clients: AwsClients, arns: readonly (string | undefined)[]) {
  const iam = await clients.iam();
  return absent(
    arns.filter((arn) => arn !== undefined),
    (arn) => `There is no role ${arn}.`,
    (arn) => iam.send(new GetRoleCommand({ RoleName: arn.slice(arn.lastIndexOf('/') + 1) })),
    ['NoSuchEntity', 'NoSuchEntityException'],
  );
}

async function missingSecrets(clients: AwsClients, containers: readonly ContainerDefinition[]) {
  const arns = containers
    .flatMap(({ secrets = [] }) => secrets)
    .map(({ valueFrom = '' }) => secretArn.exec(valueFrom)?.[0]);
  const secretsManager = await clients.secretsManager();
  return absent(
    new Set(arns.filter((arn) => arn !== undefined)),
    (arn) => `The secret ${arn} is gone, or is being deleted.`,
    async (SecretId) => {
      const { DeletedDate } = await secretsManager.send(new DescribeSecretCommand({ SecretId }));
      return DeletedDate === undefined;
    },
    ['ResourceNotFoundException'],
  );
}

async function missingTargetGroups(clients: AwsClients, ecs: ECSClient, ref: ServiceRef) {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: ref.cluster, services: [ref.service] }),
  );
  const [service] = services;
  if (service?.status !== 'ACTIVE') return [`There is no service ${ref.service}.`];
  const balancing = await clients.loadBalancing();
  return absent(
    (service.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
    (arn) => `There is no target group ${arn}.`,
    (arn) => balancing.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
    ['TargetGroupNotFound', 'TargetGroupNotFoundException'],
  );
}

async function missingLogGroups(
  logs: CloudWatchLogsClient,
  containers: readonly ContainerDefinition[],
) {
  const names = containers.flatMap(
    ({ logConfiguration }) => logConfiguration?.options?.['awslogs-group'] ?? [],
  );
  return absent(
    new Set(names),
    (name) => `There is no log group ${name}.`,
    async (name) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const { logGroups = [] } = await logs.send(command);
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    },
    [],
  );
}
