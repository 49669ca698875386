import { encodeCounts, type ModelManifest } from '@clarity/domain';
import { inMemoryCloud } from '@clarity/domain/testing';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelBundle } from '../src/bundle/make-bundle';
import type { ExecutionProvider } from '../src/inference/onnx-session';
import { probeWeek } from '../src/inference/probe-week';
import { workQueue } from '../src/serve/work-queue';
import { listening } from '../test/log-lines';
import { modelPrefix, publish } from '../test/published-model';
import { queueAnalysis } from '../test/queue-analysis';
import { measuredBundle } from './measured-bundle';

/**
 * A whole worker in mode `queue`, for measurements: `measured-worker.js <size> <cpu|cuda>`. The process that started it
 * sends how many weeks are queued and how long each call of the cloud takes, and gets what the worker took. The cloud
 * is in memory, so its calls cost no CPU time of another process, and little of this one.
 */

interface Load {
  readonly weeks: number;
  readonly callMs: number;
}

async function measure(bundle: ModelBundle, device: ExecutionProvider, { weeks, callMs }: Load) {
  const cloud = inMemoryCloud();
  await publish(cloud.objects, bundle);
  const counts = encodeCounts(probeWeek());
  const countScaling = { coleKripkeDivisor: 30, sadehCap: 300 };
  for (let n = 0; n < weeks; n++)
    await queueAnalysis(cloud, ({ id: analysisId, from, timeZone }) => ({
      schema: 1,
      analysisId,
      from,
      timeZone,
      counts,
      inBed: [],
      countScaling,
    }));
  for (const port of [cloud.healthData, cloud.objects, cloud.analysisJobs]) port.slowDown(callMs);

  const { log, said } = listening();
  const ready = said('ready');
  const stop = new AbortController();
  const startedAt = performance.now();
  const working = workQueue(configFor(device, cloud.objects.bucket), cloud, log, stop.signal);
  await Promise.race([ready, working]);
  const readyAt = performance.now();
  while (cloud.analysisJobs.pending.length > 0) await Promise.race([delay(5), working]);
  const endedAt = performance.now();
  stop.abort();
  // Its last poll goes on for some seconds.
  void working;
  return { startSeconds: (readyAt - startedAt) / 1_000, seconds: (endedAt - readyAt) / 1_000 };
}

function configFor(executionProvider: ExecutionProvider, dataBucket: string) {
  return {
    mode: 'queue',
    environment: 'bench',
    release: 'bench',
    logLevel: 'info',
    region: 'none',
    tableName: 'none',
    jobsQueueUrl: 'none',
    dataBucket,
    modelPrefix,
    executionProvider,
    visibilitySeconds: 600,
    host: '127.0.0.1',
    port: 0,
  } as const;
}

async function serve([size = '', device = '']: readonly string[]): Promise<void> {
  const [pat, provider] = [size as ModelManifest['size'], device as ExecutionProvider];
  const bundle = await measuredBundle(pat, provider);
  process.on('message', (load: Load) => {
    void measure(bundle, provider, load).then((took) => process.send?.(took));
  });
  process.send?.('ready');
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
