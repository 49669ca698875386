import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { AwsContext } from '../src/core/context';
import { openAws } from '../src/core/open-aws';
import { region, type EnvironmentName } from '../src/core/environment';
import { apps, namesOf, type App } from '../src/core/names';
import { releaseLedger } from '../src/core/releases/ledger';
import { releasePointer } from '../src/core/releases/pointer';
import { releaseId, type Release } from '../src/core/releases/release';
import type { Candidate } from '../src/core/releases/roll-out-release';
import { createEnvironmentTable } from './environment-table';
import { testStart } from './test-start';

const store = process.env['CLARITY_IMAGE_STORE'] ?? resolve(__dirname, '../../../.local/images');

/** A healthy program that starts slowly, so that a rollout takes some time. */
const program = (version: string) => `// ${version}
const { createServer } = require('node:http');
setTimeout(() => createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1'), 1500);
process.on('SIGTERM', () => process.exit(0));
`;
const healthCheck = `require('node:http').get('http://127.0.0.1:' + process.env.PORT, () => process.exit(0)).on('error', () => process.exit(1));`;

/** What a rollout uses, and no more: a cluster with two services, the ledger, the pointer. */
export interface SmallEnvironment {
  readonly context: AwsContext;
  readonly ecs: ECSClient;
  readonly dynamo: DynamoDBClient;
  /** What the pipeline reported, line by line. */
  readonly lines: readonly string[];
  /** Registers a release of both apps without rolling it out; the images of `broken` ones exit at once. */
  make(version: string, broken?: readonly App[]): Promise<Candidate>;
  /** Task definitions that the services are set to. */
  running(): Promise<Readonly<Record<App, string>>>;
  remove(): Promise<void>;
}

/** Creates an environment with two successful releases in its ledger, `v1` and then `v2`, which runs. */
export async function smallEnvironment(
  name: EnvironmentName,
): Promise<SmallEnvironment & { readonly v1: Release; readonly v2: Release }> {
  const ecs = new ECSClient({ region });
  const dynamo = new DynamoDBClient({ region });
  const { cluster, service, table } = namesOf(name);
  // Its own workspace, so that tests do not share what the pipeline writes.
  const root = await mkdtemp(join(tmpdir(), 'small-environment-'));
  await writeFile(join(root, 'nx.json'), '{}');
  await createEnvironmentTable(dynamo, table);
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));

  const make = async (version: string, broken: readonly App[] = []) => {
    const startedAt = new Date();
    const imageOf = (app: App) =>
      writeImage(broken.includes(app) ? 'process.exit(1)' : program(version));
    const images = { api: await imageOf('api'), 'ml-worker': await imageOf('ml-worker') };
    const register = async (app: App) => {
      const container = {
        name: 'app',
        image: images[app],
        memory: 128,
        healthCheck: { command: ['CMD', 'node', 'healthcheck.js'], interval: 5, retries: 3 },
      };
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: service(app),
          containerDefinitions: [container],
        }),
      );
      return taskDefinition?.taskDefinitionArn ?? '';
    };
    return {
      id: releaseId(startedAt, version),
      gitSha: version,
      images,
      taskDefinitions: { api: await register('api'), 'ml-worker': await register('ml-worker') },
      startedAt: startedAt.toISOString(),
      actor: 'test',
      kind: 'deploy',
    } as const;
  };
  const released = async (version: string): Promise<Release> => {
    const release = {
      ...(await make(version)),
      finishedAt: new Date().toISOString(),
      outcome: 'SUCCESSFUL',
    } as const;
    await releaseLedger(dynamo, table).record(release);
    return release;
  };
  const v1 = await released('v1');
  const v2 = await released('v2');
  await releasePointer(new SSMClient({ region }), name).move(v2);
  for (const app of apps)
    await ecs.send(
      new CreateServiceCommand({
        cluster,
        serviceName: service(app),
        taskDefinition: v2.taskDefinitions[app],
        desiredCount: 1,
      }),
    );

  const { start, lines } = testStart(root);
  const describe = async () => {
    const names = apps.map(service);
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: names }),
    );
    return services;
  };
  await until(async () =>
    (await describe()).every(({ deployments }) => deployments?.[0]?.rolloutState === 'COMPLETED'),
  );
  return {
    v1,
    v2,
    ecs,
    dynamo,
    lines,
    make,
    context: openAws(start, name),
    async running() {
      const services = await describe();
      const of = (app: App) =>
        services.find(({ serviceName }) => serviceName === service(app))?.taskDefinition ?? '';
      return { api: of('api'), 'ml-worker': of('ml-worker') };
    },
    async remove() {
      for (const app of apps)
        await ecs.send(new DeleteServiceCommand({ cluster, service: service(app), force: true }));
      ecs.destroy();
      dynamo.destroy();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Waits for a condition. @throws Error if it is not met in time */
export async function until(condition: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not met within ${limitMs / 1000} s: ${condition.toString()}`);
}

async function writeImage(main: string): Promise<string> {
  const sources = { 'main.js': main, 'healthcheck.js': healthCheck };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const files = Object.fromEntries(
    Object.entries(sources).map(([file, source]) => [file, sha256(source)]),
  );
  const manifest = JSON.stringify({ schema: 1, name: 'app', command: ['node', 'main.js'], files });
  const folder = join(store, `sha256-${sha256(manifest)}`);
  await mkdir(folder, { recursive: true });
  for (const [file, source] of Object.entries({ ...sources, 'image.json': manifest }))
    await writeFile(join(folder, file), source);
  return `registry.test/app@sha256:${sha256(manifest)}`;
}
