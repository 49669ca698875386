import { minutesPerWeek, type Attention, type Precision } from '@clarity/domain';
import { cast, graphBuilder, inFloat16 } from '../onnx/graph-builder';
import type { Graph } from '../onnx/onnx-format';
import {
  embedWidth,
  feedForwardWidth,
  layerName,
  type Architecture,
  type Weights,
} from './architecture';
import { dense, layerNorm, tensorReader, type EncoderParts } from './graph-layers';
import { mergedAttention } from './merged-attention';
import { multiQueryAttention } from './multi-query-attention';
import { plainAttention } from './plain-attention';
import { positions } from './positions';

/** Names of the graph's input [batch, 10080], and its outputs [batch, 96] and [batch, tokens, 96]. */
export const graphNames = { week: 'week', embedding: 'embedding', tokens: 'tokens' } as const;

/** The same function written in three ways, each with the oldest operator set that has it all. */
const attentions = {
  plain: { write: plainAttention, opset: 18 },
  merged: { write: mergedAttention, opset: 18 },
  'multi-query': { write: multiQueryAttention, opset: 23 },
} as const;

/**
 * The PAT encoder as an ONNX graph: patches → dense → + positions → post-norm transformer blocks;
 * `embedding` is the mean over the tokens. Scaled counts go in, see `scaleWeek`.
 * @param weights every tensor of `tensorsOf(architecture)`
 * @param precision of the transformer blocks, which are nearly all of the work; patches and mean are in float32
 */
export function encoderGraph(
  architecture: Architecture,
  weights: Weights,
  attention: Attention = 'merged',
  precision: Precision = 'float32',
): Graph {
  const { patch, layers, size } = architecture;
  const tokens = minutesPerWeek / patch;
  const graph = graphBuilder();
  const parts = { graph, architecture, tensor: tensorReader(weights) };

  const patches = graph.node('Reshape', 'patches', [
    graphNames.week,
    graph.integers('patches/shape', [0, tokens, patch]),
  ]);
  let x = graph.node('Add', 'placed', [
    dense(parts, 'dense', patches, [patch, embedWidth]),
    graph.constant('positions', [tokens, embedWidth], positions(tokens)),
  ]);
  const half = precision === 'float16';
  const blocks = half ? { ...parts, graph: inFloat16(graph) } : parts;
  if (half) x = cast(graph, 'placed/float16', x, 'float16');
  for (let layer = 1; layer <= layers; layer++) {
    const name = layerName(layer);
    const output = layer === layers && !half ? graphNames.tokens : `${name}/norm2`;
    x = block(blocks, name, x, attentions[attention].write, output);
  }
  if (half) x = cast(graph, graphNames.tokens, x, 'float32');
  graph.node('ReduceMean', graphNames.embedding, [x, graph.integers('embedding/axes', [1])], {
    keepdims: { int: 0 },
  });

  return graph.finish({
    name: `PAT-${size}`,
    opset: attentions[attention].opset,
    inputs: [{ name: graphNames.week, shape: ['batch', minutesPerWeek] }],
    outputs: [
      { name: graphNames.embedding, shape: ['batch', embedWidth] },
      { name: graphNames.tokens, shape: ['batch', tokens, embedWidth] },
    ],
  });
}

/** y = LN(x + attention(x)); z = LN(y + dense(relu(dense(y)))). */
function block(
  parts: EncoderParts,
  name: string,
  x: string,
  attention: typeof mergedAttention,
  output: string,
): string {
  const { graph } = parts;
  const attended = attention(parts, `${name}_attention`, x);
  const residual = graph.node('Add', `${name}/residual1`, [x, attended]);
  const y = layerNorm(parts, `${name}_norm1`, residual, `${name}/norm1`);
  const hidden = graph.node('Relu', `${name}/relu`, [
    dense(parts, `${name}_ff1`, y, [embedWidth, feedForwardWidth]),
  ]);
  const fed = dense(parts, `${name}_ff2`, hidden, [feedForwardWidth, embedWidth]);
  const sum = graph.node('Add', `${name}/residual2`, [y, fed]);
  return layerNorm(parts, `${name}_norm2`, sum, output);
}
