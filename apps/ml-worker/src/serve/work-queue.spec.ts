import { inMemoryCloud } from '@clarity/domain/testing';
import { freePort } from '../../test/free-port';
import { listening } from '../../test/log-lines';
import { aBundle, modelPrefix, publish } from '../../test/published-model';
import { askFor } from '../../test/queued-analysis';
import type { QueueConfig } from '../config';
import { workQueue } from './work-queue';

async function config(): Promise<QueueConfig> {
  return {
    port: await freePort(),
    host: '127.0.0.1',
    environment: 'test',
    release: 'test',
    logLevel: 'info',
    region: 'us-east-1',
    tableName: 'table',
    dataBucket: 'bucket',
    modelPrefix,
    mode: 'queue',
    jobsQueueUrl: 'http://localhost/queue',
    executionProvider: 'cpu',
    visibilitySeconds: 120,
  };
}

test('loads, is ready, analyses with a real model, and drains on a stop', async () => {
  const cloud = inMemoryCloud();
  // `askFor` asks for the model of this name.
  await publish(cloud.objects, await aBundle('in-memory'));
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
