import { evenClock } from '@clarity/actigraphy';
import type { ModelManifest } from '@clarity/domain';
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { batchPolicies, largestBatch } from '../src/inference/batch-policy';
import { encoderInference } from '../src/inference/encoder-inference';
import { openEncoder, type ExecutionProvider } from '../src/inference/onnx-session';
import { probeWeek } from '../src/inference/probe-week';
import { scaleWeek } from '../src/inference/scale-week';
import { fastestAttention } from '../src/bundle/fastest-attention';
import { weekFindings } from '../src/weeks/week-findings';
import { measuredBundle } from './measured-bundle';

/**
 * PAT with synthetic weights, for measurements: `measured-encoder.js <size> <cpu|cuda>`. The process that started it sends
 * `{ contender, weeks }` and gets a message when the weeks are done.
 *
 * `raw` runs the graph with nothing around ONNX Runtime, in batches as large as the worker's. By default it has a thread
 * per physical core, which may be half of the cores that a machine shows. `embed` is the worker's encoder with several
 * batches in flight, `findings` adds the metrics.
 */

type Turn = (weeks: number) => Promise<void>;
const scaling = { kind: 'z-score' } as const;

async function contenders(
  size: ModelManifest['size'],
  device: ExecutionProvider,
): Promise<Readonly<Record<string, Turn>>> {
  const { manifest, graph } = await measuredBundle(size, device);
  const policy = batchPolicies[device];
  const inference = encoderInference(manifest, await openEncoder(graph, device), policy);
  const counts = probeWeek();
  const week = {
    counts,
    clock: evenClock(counts.length),
    inBed: [],
    countScaling: { coleKripkeDivisor: 30, sadehCap: 300 },
  };
  const inFlight = 4 * largestBatch(policy);
  return {
    raw: await rawRuns(graph, device),
    'raw, all cores': await rawRuns(graph, device, allCores),
    'merged, all cores': await rawRuns(
      (await measuredBundle(size, device, 'merged')).graph,
      device,
      allCores,
    ),
    embed: (weeks) => atOnce(inFlight, weeks, () => inference.embed([counts])),
    findings: (weeks) => atOnce(inFlight, weeks, () => weekFindings(week, inference)),
  };
}

const allCores: InferenceSession.SessionOptions = { intraOpNumThreads: availableParallelism() };

async function rawRuns(
  graph: Uint8Array,
  device: ExecutionProvider,
  options: InferenceSession.SessionOptions = {},
): Promise<Turn> {
  const session = await InferenceSession.create(graph, {
    executionProviders: [device],
    ...options,
  });
  const batch = Math.max(...batchPolicies[device].buckets);
  const week = scaleWeek(probeWeek(), scaling);
  const input = new Float32Array(batch * week.length);
  for (let n = 0; n < batch; n++) input.set(week, n * week.length);
  return async (weeks) => {
    for (let done = 0; done < weeks; done += batch)
      await session.run({ week: new Tensor('float32', input, [batch, week.length]) }, [
        'embedding',
      ]);
  };
}

async function atOnce(most: number, weeks: number, run: () => Promise<unknown>): Promise<void> {
  let left = weeks;
  const worker = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: most }, worker));
}

async function serve([size = '', device = '']: readonly string[]): Promise<void> {
  const turns = await contenders(size as ModelManifest['size'], device as ExecutionProvider);
  process.on('message', ({ contender, weeks }: { contender: string; weeks: number }) => {
    void turns[contender]?.(weeks).then(() => process.send?.('done'));
  });
  process.send?.(fastestAttention(size as ModelManifest['size'], device as ExecutionProvider));
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
