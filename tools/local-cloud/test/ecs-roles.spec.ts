import { CreateClusterCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import { RegisterTaskDefinitionCommand, type ContainerDefinition } from '@aws-sdk/client-ecs';
import { pagePaths, type PermissionsPage, type TaskRow } from '../src/contract';
import { registerInstance } from './container-instance';
import { eventually, runCloud, type RunningCloud } from './running-cloud';
import { taskRole } from './task-role';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${'0'.repeat(64)}`;
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-aBcDeF';
const pull = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const logConfiguration = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/app', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'a' },
} as const;
let running: RunningCloud;

beforeAll(async () => {
  running = await runCloud(60);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await registerInstance(running, cluster);
});
afterAll(() => running.stop());

/** @returns the row of a task of the family when it has stopped */
async function stopped(
  family: string,
  executionRoleArn: string,
  container: Partial<ContainerDefinition> = {},
): Promise<TaskRow | undefined> {
  const containerDefinitions = [{ name: 'app', image, memory: 64, ...container }];
  await running.ecs.send(
    new RegisterTaskDefinitionCommand({ family, executionRoleArn, containerDefinitions }),
  );
  await running.ecs.send(new RunTaskCommand({ cluster, taskDefinition: family }));
  const isStopped = ({ group, lastStatus }: TaskRow) =>
    group === `family:${family}` && lastStatus === 'STOPPED';
  const rows = await eventually(
    () => running.page<TaskRow[]>(pagePaths.tasks),
    (all) => all.some(isStopped),
  );
  return rows.find(isStopped);
}

it.each([
  [
    'login',
    pull.slice(1),
    {},
    /^ResourceInitializationError: unable to pull secrets or registry auth: .* ecr registry auth: .*AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/login\/[0-9a-f]{32} is not authorized to perform: ecr:GetAuthorizationToken on resource: \*/,
  ],
  ['pull', pull.slice(0, 1), {}, /^CannotPullContainerError: .*: 403 Forbidden$/],
  [
    'secret',
    pull,
    { secrets: [{ name: 'KEY', valueFrom: secretArn }] },
    /^ResourceInitializationError: .*failed to fetch secret arn:aws:secretsmanager:\S+ from secrets manager: AccessDeniedException: User: .* secretsmanager:GetSecretValue/,
  ],
  [
    'parameter',
    pull,
    { secrets: [{ name: 'KEY', valueFrom: '/app/key' }] },
    /^ResourceInitializationError: .*unable to retrieve secrets from ssm: .*AccessDeniedException: User: .* ssm:GetParameters on resource: arn:aws:ssm:us-east-1:123456789012:parameter\/app\/key/,
  ],
  [
    'log',
    pull,
    { logConfiguration },
    /^ResourceInitializationError: failed to validate logger args: .*failed to create Cloudwatch log stream: AccessDeniedException: User: .* logs:CreateLogStream/,
  ],
])(
  'does not start a task whose execution role may not do what it needs: %s',
  async (name, actions, container, reason) => {
    const role = await taskRole(running, name, actions);
    expect((await stopped(name, role, container))?.stoppedReason).toMatch(reason);
  },
);

it('records what the execution role was needed for', async () => {
  const role = await taskRole(running, 'enough', [...pull, 'logs:CreateLogStream', 'sqs:Send*']);
  const task = await stopped('enough', role, { logConfiguration });
  expect(task?.stoppedReason).toMatch(/^CannotPullContainerError: .*: not found$/);
  const { statements } = await running.page<PermissionsPage>(pagePaths.permissions);
  const [statement] = statements.filter((each) => each.role === role);
  expect(statement?.actions.map(({ exercised }) => exercised)).toEqual([1, 1, 1, 1, 0]);
});

it.each([
  ['other-service', () => taskRole(running, 'other-service', pull, 'ec2.amazonaws.com')],
  ['missing', () => Promise.resolve('arn:aws:iam::123456789012:role/missing')],
])('does not start a task if ECS cannot assume its role: %s', async (family, roleOf) => {
  const role = await roleOf();
  expect((await stopped(family, role))?.stoppedReason).toMatch(
    `ECS was unable to assume the role '${role}' that was provided for this task.`,
  );
});
