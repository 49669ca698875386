import { randomUUID } from 'node:crypto';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateClusterCommand,
  DeregisterTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClients } from '../aws-clients';
import { region } from '../environment';
import { missingParts } from './missing-parts';

const account = '123456789012';
const name = `verify-${randomUUID().slice(0, 8)}`;
const ecs = new ECSClient({ region });
const image = `registry.test/${name}@sha256:${'a'.repeat(64)}`;
const ref = { cluster: name, service: name };

/** @returns the ARN of a task definition with a role, a secret and a log group of these names */
async function register(role: string, secretArn: string): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: `arn:aws:iam::${account}:role/${role}`,
      containerDefinitions: [
        {
          name: 'app',
          image,
          secrets: [{ name: 'KEY', valueFrom: `${secretArn}:key::` }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': `/${name}`,
              'awslogs-region': region,
              'awslogs-stream-prefix': 'app',
            },
          },
        },
      ],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

test('lists everything that tasks would miss, and nothing that is there', async () => {
  await ecs.send(new CreateClusterCommand({ clusterName: name }));
  const gone = `arn:aws:secretsmanager:${region}:${account}:secret:${name}-Ab12Cd`;
  const clients = awsClients(true);
  const lacking = { taskDefinition: await register(name, gone), image };
  expect(await missingParts(clients, ref, lacking)).toEqual([
    `There is no role arn:aws:iam::${account}:role/${name}.`,
    `The secret ${gone} is gone, or is being deleted.`,
    `There is no service ${name}.`,
    `There is no log group /${name}.`,
  ]);

  const trust = { Version: '2012-10-17', Statement: [] };
  await new IAMClient({ region }).send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const { ARN = '' } = await new SecretsManagerClient({ region }).send(
    new CreateSecretCommand({ Name: name, SecretString: '{"key":"k"}' }),
  );
  await new CloudWatchLogsClient({ region }).send(
    new CreateLogGroupCommand({ logGroupName: `/${name}` }),
  );
  const complete = { taskDefinition: await register(name, ARN), image };
  expect(await missingParts(clients, ref, complete)).toEqual([`There is no service ${name}.`]);
});

test('a task definition that was deregistered cannot start, whatever else is there', async () => {
  const taskDefinition = await register(name, 'arn:aws:secretsmanager:none');
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  const wanted = { taskDefinition, image };
  expect(await missingParts(awsClients(true), ref, wanted)).toEqual([
    `The task definition ${taskDefinition} is INACTIVE.`,
  ]);
});
