import { readFile } from 'node:fs/promises';
import { openEncoder, runLimits, type EncoderSession } from '../../src/inference/onnx-session';
import { runWorker } from '../../src/run-worker';

/**
 * The worker as it is released, with a model that falls sick after some runs: `sick-worker.js failing`, or
 * `sick-worker.js hanging <graph>` with a graph that never answers.
 */

const healthyRuns = 20;

type Run = EncoderSession['run'];

async function sickRun([sickness, graph = '']: readonly string[]): Promise<Run> {
  if (sickness === 'failing') return () => Promise.reject(new Error('CUDA error 700'));
  const limits = { ...runLimits, firstRun: runLimits.run };
  return (await openEncoder(await readFile(graph), 'cpu', limits)).run;
}

void runWorker(async (...graph) => {
  const encoder = await openEncoder(...graph);
  const sick = await sickRun(process.argv.slice(2));
  let runs = 0;
  return {
    ...encoder,
    run: (...input) => (++runs > healthyRuns ? sick : encoder.run)(...input),
  };
});
