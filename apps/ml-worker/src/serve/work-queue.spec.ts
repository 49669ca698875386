import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inMemoryCloud, type InMemoryCloud } from '@clarity/domain/testing';
import { createLogger } from '@clarity/observability';
import { makeBundle } from '../bundle/make-bundle';
import type { Config } from '../config';
import { architectures } from '../pat/architecture';
import { syntheticWeightsFile } from '../weights/pat-weights-file';
import { askFor } from '../../test/queued-analysis';
import { workQueue } from './work-queue';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function publish({ objects }: InMemoryCloud): Promise<void> {
  const file = await syntheticWeightsFile(architectures.S);
  // `askFor` asks for the model of this name.
  const options = { size: 'S', name: 'in-memory', scaling: { kind: 'z-score' } } as const;
  const { manifest, graph } = await makeBundle(file, options);
  const type = { contentType: 'application/octet-stream' };
  await objects.put('models/pat-s/model.onnx', graph, type);
  await objects.put('models/pat-s/manifest.json', Buffer.from(JSON.stringify(manifest)), type);
}

async function config(): Promise<Config> {
  return {
    port: await freePort(),
    host: '127.0.0.1',
    environment: 'test',
    release: 'test',
    logLevel: 'info',
    region: 'us-east-1',
    tableName: 'table',
    dataBucket: 'bucket',
    modelPrefix: 'models/pat-s',
    mode: 'queue',
    jobsQueueUrl: 'http://localhost/queue',
    executionProvider: 'cpu',
    visibilitySeconds: 120,
  };
}

/** A logger, and a promise for the first line with a message. */
function listening() {
  const waiting = new Map<string, () => void>();
  const log = createLogger('ml-worker', 'info', {
    write: (line: string) => waiting.get((JSON.parse(line) as { message: string }).message)?.(),
  });
  const said = (message: string) =>
    new Promise<void>((resolve) => waiting.set(message, () => resolve()));
  return { log, said };
}

test('loads, is ready, analyses with a real model, and drains when told to stop', async () => {
  const cloud = inMemoryCloud();
  await publish(cloud);
  const settings = await config();
  const { log, said } = listening();
  const [ready, handled] = [said('ready'), said('job handled')];
  const stop = new AbortController();
  const working = workQueue(settings, cloud, log, stop.signal);
  await ready;
  const status = async (path: string) =>
    (await fetch(`http://127.0.0.1:${settings.port}${path}`)).status;
  expect(await Promise.all(['/livez', '/readyz', '/x'].map(status))).toEqual([200, 200, 404]);

  const { analysis } = await askFor(cloud);
  await handled;
  const ended = await cloud.healthData.findAnalysis(analysis.userId, analysis.id);
  expect(ended?.status).toBe('completed');
  stop.abort();
  await working;
  await expect(status('/livez')).rejects.toThrow();
});

test('without a model it does not pretend to be ready', async () => {
  const { log } = listening();
  const stop = new AbortController();
  await expect(workQueue(await config(), inMemoryCloud(), log, stop.signal)).rejects.toThrow(
    'There is no models/pat-s/manifest.json in the data bucket.',
  );
});
