import { minutesPerWeek, type Analysis } from '@clarity/domain';
import { inMemoryCloud, type InMemoryCloud } from '@clarity/domain/testing';
import { openEncoder, type EncoderSession } from '../src/inference/onnx-session';
import { SickModel } from '../src/inference/judged-inference';
import { workQueue } from '../src/serve/work-queue';
import { freePort } from './free-port';
import { listening } from './log-lines';
import { aBundle, modelPrefix, publish } from './published-model';
import { askFor } from './queued-analysis';

/** Whole workers with real models, of which one falls sick. */

const analyses = 200;
const healthyRuns = 20;
const runLimitMs = 1_500;

type Open = typeof openEncoder;

/** A model that works for some runs and then does what `sicken` makes of its session. */
function fallingSick(sicken: (encoder: EncoderSession) => Promise<Float32Array>) {
  let encoder: EncoderSession | undefined;
  const open: Open = async (graph, provider) => {
    encoder = await openEncoder(graph, provider, {
      load: 60_000,
      firstRun: runLimitMs,
      run: runLimitMs,
    });
    const session = encoder;
    let runs = 0;
    return {
      ...session,
      run: (...input) => (++runs > healthyRuns ? sicken(session) : session.run(...input)),
    };
  };
  return { open, gone: async () => encoder?.release() };
}
const failing = () => fallingSick(() => Promise.reject(new Error('CUDA error 700')));
/** So many weeks take the native code far longer than its limit. */
const hanging = () => fallingSick((encoder) => encoder.run(new Float32Array(400 * minutesPerWeek)));

async function worker(cloud: InMemoryCloud, open?: Open) {
  const port = await freePort();
  const { log, said } = listening();
  const stop = new AbortController();
  const ready = said('ready');
  const config = {
    mode: 'queue',
    environment: 'test',
    release: 'test',
    logLevel: 'info',
    region: 'us-east-1',
    tableName: 'table',
    dataBucket: cloud.objects.bucket,
    modelPrefix,
    executionProvider: 'cpu',
    jobsQueueUrl: 'http://localhost/queue',
    visibilitySeconds: 120,
    port,
    host: '127.0.0.1',
  } as const;
  const working = workQueue(config, cloud, log, stop.signal, open);
  await ready;
  const status = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.status,
      () => 'gone',
    );
  return { stop, working, status };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a model that fails after its 20th run, and one that hangs then, cost no analysis', async () => {
  const cloud = inMemoryCloud();
  await publish(cloud.objects, await aBundle('in-memory'));
  const healthy = await worker(cloud);
  const asked: Analysis[] = [];
  for (const { open, gone } of [failing(), hanging()]) {
    const sick = await worker(cloud, open);
    const ended = expect(sick.working).rejects.toBeInstanceOf(SickModel);
    for (let n = 0; n < analyses / 2; n++) asked.push((await askFor(cloud)).analysis);
    await until(async () => (await sick.status()) !== 200);
    await ended;
    await gone();
  }
  await until(async () => cloud.analysisJobs.pending.length === 0);
  healthy.stop.abort();
  await healthy.working;

  const ends = await Promise.all(
    asked.map(({ userId, id }) => cloud.healthData.findAnalysis(userId, id)),
  );
  expect(ends.filter((end) => end?.status === 'completed')).toHaveLength(analyses);
  expect(cloud.analysisJobs.deadLetters).toEqual([]);
}, 180_000);
