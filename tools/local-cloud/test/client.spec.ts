import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CreateClusterCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { eventually, isAlive, runProgram } from '@clarity/host';
import { execCommand, readCloudState, startEmbeddedAws, type EmbeddedAws } from '../client';
import { queryCaller } from '../src/moto/aws-query';
import { registerInstance } from './container-instance';
import { writeImage } from './process-image';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../..');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let folder: string;
let stateFolder: string;
let aws: EmbeddedAws | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-client-'));
  stateFolder = join(folder, 'state');
});
afterEach(async () => {
  await aws?.stop();
  aws = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const start = async (log = join(folder, 'log')) => {
  const env = { CLARITY_IMAGE_STORE: join(folder, 'images') };
  aws = await startEmbeddedAws({ root, stateFolder, speed: 20, env, log });
  return aws;
};

it('starts the embedded AWS, reads its pages and leaves no task behind', async () => {
  const { endpoint, health, loadBalancers, stop, tasks, timeline, traffic } = await start();
  expect(await readCloudState(stateFolder)).toMatchObject({ endpoint });
  expect(readFileSync(join(folder, 'log'), 'utf8')).toContain(`Ready: AWS endpoint at ${endpoint}`);
  expect(await health()).toEqual({ status: 'ok', services: 0, tasks: 0 });
  const pages = await Promise.all([loadBalancers(), timeline(), traffic()]);
  expect(pages).toEqual([[], [], []]);

  const image = writeImage(join(folder, 'images'), 'idle', 'setInterval(() => {}, 1000);');
  const ecs = new ECSClient({ endpoint, region: 'us-east-1', credentials });
  const containerDefinitions = [{ name: 'idle', image, memory: 64 }];
  await ecs.send(new CreateClusterCommand({ clusterName: 'c' }));
  await registerInstance({ ecs, query: queryCaller(endpoint) }, 'c');
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'idle', containerDefinitions }));
  await ecs.send(new RunTaskCommand({ cluster: 'c', taskDefinition: 'idle' }));
  ecs.destroy();
  const pid = await eventually(async () => (await tasks())[0]?.pids[0], {
    limitMs: 10_000,
    pauseMs: 50,
    what: 'The task',
  });
  expect(await stop()).toEqual([]);
  expect(isAlive(pid)).toBe(false);
  expect(await readCloudState(stateFolder)).toBeUndefined();
});

it('adds, lists and clears faults, and fails with the reason if one is refused', async () => {
  const { addFault, clearFaults, endpoint, faults } = await start();
  const fault = { service: 'ecs', status: 500, code: 'ServerException', times: 1 };
  await addFault(fault);
  expect(await faults()).toEqual([fault]);
  const ecs = new ECSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  await expect(ecs.send(new ListClustersCommand())).rejects.toThrow('ServerException');
  ecs.destroy();
  await addFault(fault);
  await clearFaults();
  expect(await faults()).toEqual([]);
  await expect(addFault({ ...fault, status: 200 })).rejects.toThrow('returned 400');
});

it('fails with what the program printed if it does not start', async () => {
  const { endpoint } = await start();
  const taken = { root, stateFolder: join(folder, 'second'), port: Number(new URL(endpoint).port) };
  await expect(startEmbeddedAws(taken)).rejects.toThrow(/ended with exit code 3:\n.*port/is);
});

it('stops waiting when its signal is aborted', async () => {
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(startEmbeddedAws({ root, stateFolder, signal })).rejects.toThrow('cancelled');
  expect(await readCloudState(stateFolder)).toBeUndefined();
});

it('runs a command on an embedded AWS of its own', async () => {
  const [program, ...args] = execCommand(root, ['node', '-p', 'process.env.AWS_ENDPOINT_URL'], {
    speed: 20,
  });
  const output = await runProgram(program, args, { cwd: root });
  expect(output).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
