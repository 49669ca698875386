import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { apps, namesOf } from '../src/core/names';
import { rollOutRelease, type Candidate } from '../src/core/releases/roll-out-release';
import { rollBack } from '../src/verbs/rollback/run';
import { smallEnvironment } from './small-environment';

jest.setTimeout(120_000);

const name = 'localnext';
const { cluster, service } = namesOf(name);
const worker = { cluster, service: service('ml-worker') };

type Environment = Awaited<ReturnType<typeof smallEnvironment>>;
// The tests leave the worker stopped, except for the last one.
let environment: Environment;
beforeAll(async () => {
  environment = await smallEnvironment(name);
  const deploymentCircuitBreaker = { enable: true, rollback: true };
  await environment.ecs.send(
    new UpdateServiceCommand({
      ...worker,
      desiredCount: 0,
      deploymentConfiguration: { deploymentCircuitBreaker },
    }),
  );
});
afterAll(() => environment.remove());

async function deploy({ context }: Environment, candidate: Candidate) {
  const lock = await context.locks.take('deploy');
  return rollOutRelease(context, lock, candidate, { services: apps, allOrNothing: true }).finally(
    () => lock.release(),
  );
}

async function tasks() {
  const command = new DescribeServicesCommand({ cluster, services: [worker.service] });
  const { services = [] } = await environment.ecs.send(command);
  return { desired: services[0]?.desiredCount, running: services[0]?.runningCount };
}

test('an image that exits does not become current, and its app is stopped at the release before', async () => {
  const { context, running, v2, make } = environment;
  const broken = await make('v3', ['ml-worker']);
  await expect(deploy(environment, broken)).rejects.toMatchObject({ reason: 'rolledBack' });
  expect((await context.pointer.read())?.id).toBe(v2.id);
  expect(await running()).toEqual(v2.taskDefinitions);
  expect(await tasks()).toEqual({ desired: 0, running: 0 });
});

test('a rollback leaves a stopped app stopped', async () => {
  const { context, running, v1 } = environment;
  await rollBack(context, { services: apps });
  expect(await running()).toEqual(v1.taskDefinitions);
  expect(await tasks()).toEqual({ desired: 0, running: 0 });
});

test('an image has run before it is current', async () => {
  const { make } = environment;
  await expect(deploy(environment, await make('v3'))).resolves.toMatchObject({
    outcome: 'SUCCESSFUL',
    stopped: ['ml-worker'],
  });
  expect(await tasks()).toEqual({ desired: 1, running: 1 });
});
