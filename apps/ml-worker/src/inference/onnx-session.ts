import type { InferenceSession } from 'onnxruntime-node';
import { minutesPerWeek } from '@clarity/domain';
import { availableParallelism } from 'node:os';
import { embedWidth } from '../pat/architecture';
import { graphNames } from '../pat/encoder-graph';
import { startThread } from './answering-thread';

export type ExecutionProvider = 'cpu' | 'cuda';

/** A loaded graph. One run at a time is fastest: a run already uses every core (or the whole GPU). */
export interface EncoderSession {
  /**
   * Runs are done one after the other, off the caller's thread.
   * @param weeks [batch · 10080] scaled counts
   * @returns [batch · 96], or [batch · tokens · 96] for `tokens`
   * @throws ModelStalled if the run took too long, and for every run after it
   */
  run(weeks: Float32Array, output?: 'embedding' | 'tokens'): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Milliseconds that a thing may take before the model counts as stalled. */
export interface RunLimits {
  readonly load: number;
  /** The first run of a batch size, for which a GPU prepares itself. */
  readonly firstRun: number;
  readonly run: number;
}
/** A week of PAT-L takes a third of a second on one core. */
export const runLimits: RunLimits = { load: 120_000, firstRun: 60_000, run: 8_000 };

/** The options of ONNX Runtime. Threads that spin while they wait cost twice the CPU time of the runs themselves. */
function sessionOptions(executionProvider: ExecutionProvider): InferenceSession.SessionOptions {
  return {
    executionProviders: [executionProvider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: availableParallelism(),
    // https://onnxruntime.ai/docs/performance/tune-performance/threading.html#thread-pool-spinning-behavior
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

/** @throws Error of ONNX Runtime if the graph is malformed or the provider is not there */
export async function openEncoder(
  graph: Uint8Array,
  executionProvider: ExecutionProvider,
  limits: RunLimits = runLimits,
): Promise<EncoderSession> {
  const options = sessionOptions(executionProvider);
  const thread = startThread('encoder-thread.js', { graph, options });
  await thread.ask(limits.load);

  const ranBefore = new Set<number>();
  const runNow = async (weeks: Float32Array, output: string) => {
    const batch = weeks.length / minutesPerWeek;
    const data = await thread.ask(ranBefore.has(batch) ? limits.run : limits.firstRun, {
      name: graphNames.week,
      data: weeks,
      dims: [batch, minutesPerWeek],
      output,
    });
    ranBefore.add(batch);
    if (!(data instanceof Float32Array) || data.length % (batch * embedWidth) !== 0)
      throw new Error(`The graph answered no ${output} of ${batch} weeks.`);
    return data;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(weeks, output = graphNames.embedding) {
      const run = last.then(() => runNow(weeks, output));
      last = run.catch(() => undefined);
      return run;
    },
    async release() {
      await last;
      await thread.end();
    },
  };
}
