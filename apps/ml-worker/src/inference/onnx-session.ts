import { InferenceSession, Tensor } from 'onnxruntime-node';
import { minutesPerWeek } from '@clarity/domain';
import { graphNames } from '../pat/encoder-graph';
import { embedWidth } from '../pat/architecture';

export type ExecutionProvider = 'cpu' | 'cuda';

/** A loaded graph. One `run` at a time is fastest: a run already uses every core (or the whole GPU). */
export interface EncoderSession {
  /**
   * @param weeks [batch · 10080] scaled counts
   * @returns [batch · 96], or [batch · tokens · 96] for `tokens`
   */
  run(weeks: Float32Array, output?: 'embedding' | 'tokens'): Promise<Float32Array>;
  release(): Promise<void>;
}

/** @throws Error of ONNX Runtime if the graph is malformed or the provider is not there */
export async function openEncoder(
  graph: Uint8Array,
  executionProvider: ExecutionProvider,
): Promise<EncoderSession> {
  const session = await InferenceSession.create(graph, {
    executionProviders: [executionProvider],
    graphOptimizationLevel: 'all',
  });
  return {
    async run(weeks, output = graphNames.embedding) {
      const batch = weeks.length / minutesPerWeek;
      const week = new Tensor('float32', weeks, [batch, minutesPerWeek]);
      const results = await session.run({ [graphNames.week]: week }, [output]);
      const data = results[output]?.data;
      if (!(data instanceof Float32Array) || data.length % (batch * embedWidth) !== 0)
        throw new Error(`The graph answered no ${output} of ${batch} weeks.`);
      return data;
    },
    release: () => session.release(),
  };
}
