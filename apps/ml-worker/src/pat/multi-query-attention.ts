import { embedWidth as width } from './architecture';
import { linear, type EncoderParts } from './graph-layers';
import { mergedWeights } from './merged-weights';

/**
 * Self-attention on {@link mergedWeights} by ONNX's own operator, whose kernel never writes all scores to memory: many
 * heads of queries, and x as the one head of keys and of values (Shazeer, arXiv 1911.02150).
 * https://onnx.ai/onnx/operators/onnx__Attention.html
 */
export function multiQueryAttention(parts: EncoderParts, name: string, x: string): string {
  const { graph, architecture } = parts;
  const { heads } = architecture;
  const { query, output } = mergedWeights(parts, name);
  const asked = linear(graph, `${name}/query`, x, [width, heads * width], query);
  const mixed = graph.node('Attention', `${name}/mixed`, [asked, x, x], {
    q_num_heads: { int: heads },
    kv_num_heads: { int: 1 },
    // 1/√96 is in the weights.
    scale: { float: 1 },
  });
  return linear(graph, `${name}/attention_output`, mixed, [heads * width, width], output);
}
