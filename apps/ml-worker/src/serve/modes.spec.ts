import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { awsClients, s3ObjectStore } from '@clarity/aws';
import type { AnalysisInput, ObjectStore } from '@clarity/domain';
import { inMemoryCloud } from '@clarity/domain/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { askedWeek } from '../../test/asked-week';
import { freePort } from '../../test/free-port';
import { listening } from '../../test/log-lines';
import { aBundle, modelPrefix, publish } from '../../test/published-model';
import { askFor, inputOf } from '../../test/queued-analysis';
import type { ModelBundle } from '../bundle/make-bundle';
import type { BatchConfig, EndpointConfig } from '../config';
import { runBatch } from './run-batch';
import { serveEndpoint } from './serve-endpoint';
import { workQueue } from './work-queue';

/** The modes with a real model and S3 as the embedded AWS has it. */

const clients = awsClients('us-east-1');
let objects: ObjectStore;
let bundle: ModelBundle;
const type = { contentType: 'application/json' };

beforeAll(async () => {
  const bucket = `clarity-test-data-${randomUUID()}`;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  objects = s3ObjectStore(clients.s3, bucket);
  bundle = await aBundle('in-memory');
  await publish(objects, bundle);
});
afterAll(() => clients.close());

const common = () =>
  ({
    environment: 'test',
    release: 'test',
    logLevel: 'info',
    region: 'us-east-1',
    dataBucket: objects.bucket,
    modelPrefix,
    executionProvider: 'cpu',
  }) as const;
const listen = async () => ({ port: await freePort(), host: '127.0.0.1' });
const put = (key: string, content: unknown) =>
  objects.put(
    key,
    Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    type,
  );
async function json(key: string, from: ObjectStore = objects): Promise<Record<string, unknown>> {
  const object = await from.get(key);
  return JSON.parse(Buffer.from(object?.bytes ?? []).toString('utf8')) as Record<string, unknown>;
}

/** An endpoint that loads its model on demand. */
async function endpoint(store: ObjectStore = objects) {
  const config: EndpointConfig = { mode: 'endpoint', ...common(), ...(await listen()) };
  const origin = `http://127.0.0.1:${config.port}`;
  let load = () => {};
  const told = new Promise<void>((resolve) => (load = resolve));
  let asked = () => {};
  const loading = new Promise<void>((resolve) => (asked = resolve));
  const slow: ObjectStore = {
    ...store,
    async get(...call) {
      asked();
      await told;
      return store.get(...call);
    },
  };
  const stop = new AbortController();
  const { log, said, lines } = listening();
  const ready = said('ready');
  const serving = serveEndpoint(config, slow, log, stop.signal);
  const status = async (path: string) => (await fetch(origin + path)).status;
  const invoke = (body: unknown) =>
    fetch(`${origin}/invocations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await loading;
  return { load, ready, serving, stop, status, invoke, lines };
}

describe('mode endpoint', () => {
  test('is in service once the model is tested, answers, and drains on a stop', async () => {
    const held = 'inference/inputs/held.json';
    await put(held, askedWeek());
    let goOn = () => {};
    const told = new Promise<void>((resolve) => (goOn = resolve));
    let begin = () => {};
    const reading = new Promise<void>((resolve) => (begin = resolve));
    const holding: ObjectStore = {
      ...objects,
      async get(key, options) {
        if (key === held) begin();
        if (key === held) await told;
        return objects.get(key, options);
      },
    };
    const { load, ready, serving, stop, status, invoke } = await endpoint(holding);
    expect(await Promise.all(['/ping', '/readyz', '/livez'].map(status))).toEqual([503, 503, 200]);
    load();
    await ready;
    expect(await Promise.all(['/ping', '/readyz', '/livez'].map(status))).toEqual([200, 200, 200]);

    await put('inference/inputs/week.json', askedWeek());
    const direct = await invoke(askedWeek());
    const byReference = await invoke({ schema: 1, input: { key: 'inference/inputs/week.json' } });
    expect([direct.status, byReference.status]).toEqual([200, 200]);
    expect(await direct.json()).toEqual(await byReference.json());

    const inHand = invoke({ schema: 1, input: { key: held } });
    await reading;
    stop.abort();
    // While it stops it answers what it has, and soon takes no new connection.
    expect(await status('/readyz')).toBe(503);
    const refused = () =>
      status('/ping').then(
        () => false,
        () => true,
      );
    // Each question is an arrival, after which it waits for more; so they come less often than it waits.
    while (!(await refused())) await delay(500);
    goOn();
    expect((await inHand).status).toBe(200);
    await serving;
    await expect(status('/ping')).rejects.toThrow();
  });

  test('with weights that answer otherwise than at import, it is never in service', async () => {
    const { manifest, graph } = bundle;
    const embedding = manifest.selfTest.embedding.map((value) => value + 0.01);
    const { objects: other } = inMemoryCloud();
    const selfTest = { ...manifest.selfTest, embedding };
    await publish(other, { graph, manifest: { ...manifest, selfTest } });
    const { load, serving, status, lines } = await endpoint(other);
    expect(await status('/ping')).toBe(503);
    load();
    await expect(serving).rejects.toThrow(/failed its self-test/);
    expect(lines).toEqual([]);
  });
});

describe('mode batch', () => {
  const config = (cohort: string, place: Partial<BatchConfig> = {}): BatchConfig => ({
    mode: 'batch',
    ...common(),
    manifestKey: `inference/${cohort}/manifest.jsonl`,
    arrayIndex: undefined,
    arraySize: undefined,
    ...place,
  });
  const never = new AbortController().signal;

  async function cohort(weeks: readonly object[]) {
    const name = randomUUID();
    const lines = weeks.map((_, n) => ({
      input: `inference/${name}/in/${n}.json`,
      output: `inference/${name}/out/${n}.json`,
    }));
    await Promise.all(weeks.map((week, n) => put(lines[n]?.input ?? '', week)));
    await put(`inference/${name}/manifest.jsonl`, lines.map((l) => JSON.stringify(l)).join('\n'));
    return { name, lines };
  }

  test('the jobs of an array share a manifest; another run finds nothing to do', async () => {
    const weeks = [askedWeek(), askedWeek({ from: '2026-03-09' }), { schema: 1 }];
    const { name, lines } = await cohort(weeks);
    const { log, lines: logged } = listening();
    const jobs = (index: number) =>
      runBatch(config(name, { arrayIndex: index, arraySize: 2 }), objects, log, never);
    expect(await Promise.all([jobs(0), jobs(1)])).toEqual([0, 0]);
    const outputs = await Promise.all(lines.map(({ output }) => json(output)));
    expect(outputs).toMatchObject([
      { status: 'completed', result: { from: '2026-03-02' } },
      { status: 'completed', result: { from: '2026-03-09' } },
      { status: 'failed', failure: { code: 'invalid-input' } },
    ]);

    expect(await runBatch(config(name), objects, log, never)).toBe(0);
    expect(logged.at(-1)).toMatchObject({ message: 'shard ended', lines: 3, earlier: 3 });
    expect(await Promise.all(lines.map(({ output }) => json(output)))).toEqual(outputs);
  });

  test('reports that lines are left if it is stopped before it began', async () => {
    const { name } = await cohort([askedWeek()]);
    const { log, lines } = listening();
    expect(await runBatch(config(name), objects, log, AbortSignal.abort())).toBe(1);
    expect(lines.at(-1)).toMatchObject({ message: 'shard ended', level: 'error', left: 1 });
  });

  test.each([
    ['inference/none', /no object at MANIFEST_KEY/],
    ['models/manifest', /MANIFEST_KEY has to begin with inference/],
  ])('manifest %s: refused', async (manifestKey, reason) => {
    const { log } = listening();
    const run = runBatch(config('x', { manifestKey }), objects, log, never);
    await expect(run).rejects.toThrow(reason);
  });

  test('a manifest without lines is a mistake, a share without lines is none', async () => {
    const { log } = listening();
    const { name } = await cohort([]);
    await expect(runBatch(config(name), objects, log, never)).rejects.toThrow('no lines');
    const { name: one } = await cohort([askedWeek()]);
    const place = { arrayIndex: 1, arraySize: 2 };
    expect(await runBatch(config(one, place), objects, log, never)).toBe(0);
  });
});

test('all modes say the same of a week', async () => {
  const cloud = inMemoryCloud();
  await publish(cloud.objects, bundle);
  const { analysis } = await askFor(cloud);
  const queue = listening();
  const [stopQueue, handled] = [new AbortController(), queue.said('job handled')];
  const queueConfig = {
    mode: 'queue',
    ...common(),
    ...(await listen()),
    tableName: 'table',
    jobsQueueUrl: 'http://localhost/queue',
    visibilitySeconds: 120,
  } as const;
  const working = workQueue(queueConfig, cloud, queue.log, stopQueue.signal);
  await handled;
  stopQueue.abort();
  await working;
  const result = await json(`analyses/${analysis.id}/result.json`, cloud.objects);

  const week: Partial<AnalysisInput> = inputOf(analysis);
  delete week.analysisId;
  const { load, ready, serving, stop, invoke } = await endpoint();
  load();
  await ready;
  const answer = (await (await invoke(week)).json()) as object;
  stop.abort();
  await serving;
  expect({ ...answer, analysisId: analysis.id }).toEqual(result);

  const line = { input: 'inference/same/in.json', output: 'inference/same/out.json' };
  await put(line.input, week);
  await put('inference/same/manifest.jsonl', line);
  const manifestKey = 'inference/same/manifest.jsonl';
  const place = { arrayIndex: undefined, arraySize: undefined };
  const batch = { mode: 'batch', ...common(), ...place, manifestKey } as const;
  expect(await runBatch(batch, objects, listening().log, new AbortController().signal)).toBe(0);
  expect((await json(line.output))['result']).toEqual(answer);
});
