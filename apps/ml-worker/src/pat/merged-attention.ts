import { minutesPerWeek } from '@clarity/domain';
import { embedWidth as width } from './architecture';
import { linear, type EncoderParts } from './graph-layers';
import { mergedWeights } from './merged-weights';

/**
 * Self-attention on {@link mergedWeights}. Since no head has keys of its own, the heads of a token are just further
 * rows of one matrix, and nothing is turned.
 */
export function mergedAttention(parts: EncoderParts, name: string, x: string): string {
  const { graph, architecture } = parts;
  const { heads, patch } = architecture;
  const tokens = minutesPerWeek / patch;
  const { query, output } = mergedWeights(parts, name);
  const asked = linear(graph, `${name}/query`, x, [width, heads * width], query);
  const rows = graph.node('Reshape', `${name}/query/rows`, [
    asked,
    graph.integers(`${name}/rows`, [0, tokens * heads, width]),
  ]);
  const turned = graph.node('Transpose', `${name}/turned`, [x], { perm: { ints: [0, 2, 1] } });
  const scores = graph.node('MatMul', `${name}/scores`, [rows, turned]);
  const shares = graph.node('Softmax', `${name}/shares`, [scores], { axis: { int: -1 } });
  const mixed = graph.node('MatMul', `${name}/mixed`, [shares, x]);
  const joined = graph.node('Reshape', `${name}/mixed/joined`, [
    mixed,
    graph.integers(`${name}/joined`, [0, tokens, heads * width]),
  ]);
  return linear(graph, `${name}/attention_output`, joined, [heads * width, width], output);
}
