import type { ObjectStore } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { linesOfShard, parseManifest } from '../batch/manifest';
import { processLine } from '../batch/process-line';
import { exitStatusOf, runShard } from '../batch/run-shard';
import type { BatchConfig } from '../config';
import { largestBatch } from '../inference/batch-policy';
import { loadModel } from '../inference/load-model';
import { problemOfKey, readText } from '../weeks/inference-prefix';

/** Some hundred thousand lines. */
const mostManifestBytes = 64 * 1024 * 1024;

/**
 * Mode `batch`: ends its share of a manifest's lines, or, if `stop` aborts, those that it has begun.
 * @returns 0 if every line of its share has its output, 1 otherwise
 * @throws Error if the manifest or the model cannot be used; SickModel if the model fails its self-test later
 */
export async function runBatch(
  config: BatchConfig,
  objects: ObjectStore,
  log: Logger,
  stop: AbortSignal,
): Promise<0 | 1> {
  const { manifestKey, arrayIndex, arraySize } = config;
  const startedAt = performance.now();
  const wrong = problemOfKey(manifestKey);
  if (wrong !== undefined) throw new Error(`MANIFEST_KEY ${wrong}.`);
  const text = await readText(objects, manifestKey, mostManifestBytes);
  if (text === undefined) throw new Error('There is no object at MANIFEST_KEY.');
  const manifest = parseManifest(text);
  if (manifest.lines.length === 0) throw new Error('The manifest has no lines.');
  const lines = linesOfShard(manifest, config);
  log.info(
    { arrayIndex, arraySize, of: manifest.lines.length, lines: lines.length },
    'manifest read',
  );
  // An array may have more jobs than its manifest has lines.
  if (lines.length === 0) return 0;

  const model = await loadModel(objects, config.modelPrefix, config.executionProvider);
  const { inference, policy } = model;
  const { name, weights, weightsSha256 } = inference.manifest;
  log.info({ model: name, weights, weightsSha256 }, 'ready');
  const tally = await runShard({
    lines,
    endLine: (line) => processLine(line, { objects, inference }),
    // One batch computes, one fills, and the reads and writes of others go on.
    room: 4 + 4 * largestBatch(policy),
    signal: AbortSignal.any([stop, model.sick]),
    log,
  });
  const status = exitStatusOf(tally);
  const ms = Math.round(performance.now() - startedAt);
  log[status === 0 ? 'info' : 'error']({ lines: lines.length, ...tally, ms }, 'shard ended');
  model.sick.throwIfAborted();
  await model.release();
  return status;
}
