import { minutesPerWeek } from '@clarity/domain';
import { graphBuilder, type GraphBuilder } from '../onnx/graph-builder';
import type { Graph } from '../onnx/onnx-format';
import {
  embedWidth,
  feedForwardWidth,
  layerName,
  layerNormEpsilon,
  type Architecture,
  type Weights,
} from './architecture';
import { positions } from './positions';

export const opset = 17;

/** Names of the graph's input [batch, 10080], and its outputs [batch, 96] and [batch, tokens, 96]. */
export const graphNames = { week: 'week', embedding: 'embedding', tokens: 'tokens' } as const;

/**
 * The PAT encoder as an ONNX graph: patches → dense → + positions → post-norm transformer blocks;
 * `embedding` is the mean over the tokens. Scaled counts go in, see `scaleWeek`.
 * @param weights every tensor of `tensorsOf(architecture)`
 */
export function encoderGraph(architecture: Architecture, weights: Weights): Graph {
  const { patch, layers, size } = architecture;
  const tokens = minutesPerWeek / patch;
  const graph = graphBuilder();
  const encoder = { graph, architecture, tensor: tensorReader(weights) };

  const patches = graph.node('Reshape', 'patches', [
    graphNames.week,
    graph.integers('patches/shape', [0, tokens, patch]),
  ]);
  const placed = graph.constant('positions', [tokens, embedWidth], positions(tokens));
  let x = graph.node('Add', 'placed', [
    dense(encoder, 'dense', patches, [patch, embedWidth]),
    placed,
  ]);
  for (let layer = 1; layer <= layers; layer++)
    x = block(encoder, layerName(layer), x, layer === layers ? graphNames.tokens : undefined);
  graph.node('ReduceMean', graphNames.embedding, [x], {
    axes: { ints: [1] },
    keepdims: { int: 0 },
  });

  return graph.finish({
    name: `PAT-${size}`,
    opset,
    inputs: [{ name: graphNames.week, shape: ['batch', minutesPerWeek] }],
    outputs: [
      { name: graphNames.embedding, shape: ['batch', embedWidth] },
      { name: graphNames.tokens, shape: ['batch', tokens, embedWidth] },
    ],
  });
}

interface Encoder {
  readonly graph: GraphBuilder;
  readonly architecture: Architecture;
  readonly tensor: (name: string) => Float32Array;
}

function tensorReader(weights: Weights): (name: string) => Float32Array {
  return (name) => {
    const values = weights.get(name);
    if (values === undefined) throw new Error(`The weights have no tensor ${name}.`);
    return values;
  };
}

/** y = LN(x + attention(x)); z = LN(y + dense(relu(dense(y)))). */
function block(encoder: Encoder, name: string, x: string, output = `${name}/norm2`): string {
  const { graph } = encoder;
  const attended = graph.node('Add', `${name}/residual1`, [x, attention(encoder, name, x)]);
  const y = layerNorm(encoder, `${name}_norm1`, attended, `${name}/norm1`);
  const hidden = graph.node('Relu', `${name}/relu`, [
    dense(encoder, `${name}_ff1`, y, [embedWidth, feedForwardWidth]),
  ]);
  const fed = dense(encoder, `${name}_ff2`, hidden, [feedForwardWidth, embedWidth]);
  const sum = graph.node('Add', `${name}/residual2`, [y, fed]);
  return layerNorm(encoder, `${name}_norm2`, sum, output);
}

/** Multi-head self-attention; 1/√96 is part of the query's weights, which spares a pass over the scores. */
function attention(encoder: Encoder, name: string, x: string): string {
  const { graph, architecture, tensor } = encoder;
  const { heads } = architecture;
  const width = heads * embedWidth;
  const own = `${name}_attention`;
  const split = graph.integers(`${own}/split`, [0, 0, heads, embedWidth]);
  const joined = graph.integers(`${own}/joined`, [0, 0, width]);
  const project = (part: string, scale: number, perm: readonly number[]) => {
    const scaled = (values: Float32Array) => values.map((value) => value * scale);
    const kernel = graph.constant(
      `${own}/${part}/kernel`,
      [embedWidth, width],
      scaled(tensor(`${own}/${part}/kernel`)),
    );
    const bias = graph.constant(
      `${own}/${part}/bias`,
      [width],
      scaled(tensor(`${own}/${part}/bias`)),
    );
    const flat = linear(graph, `${own}/${part}`, x, kernel, bias);
    const byHead = graph.node('Reshape', `${own}/${part}/heads`, [flat, split]);
    return graph.node('Transpose', `${own}/${part}/turned`, [byHead], { perm: { ints: perm } });
  };
  const query = project('query', 1 / Math.sqrt(embedWidth), [0, 2, 1, 3]);
  const key = project('key', 1, [0, 2, 3, 1]);
  const value = project('value', 1, [0, 2, 1, 3]);
  const scores = graph.node('MatMul', `${own}/scores`, [query, key]);
  const shares = graph.node('Softmax', `${own}/shares`, [scores], { axis: { int: -1 } });
  const mixed = graph.node('MatMul', `${own}/mixed`, [shares, value]);
  const turned = graph.node('Transpose', `${own}/mixed/turned`, [mixed], {
    perm: { ints: [0, 2, 1, 3] },
  });
  const flat = graph.node('Reshape', `${own}/mixed/joined`, [turned, joined]);
  return dense(encoder, `${own}/attention_output`, flat, [width, embedWidth]);
}

function dense(
  { graph, tensor }: Encoder,
  name: string,
  x: string,
  shape: readonly [number, number],
): string {
  const kernel = graph.constant(`${name}/kernel`, shape, tensor(`${name}/kernel`));
  const bias = graph.constant(`${name}/bias`, [shape[1]], tensor(`${name}/bias`));
  return linear(graph, name, x, kernel, bias);
}

function linear(
  graph: GraphBuilder,
  name: string,
  x: string,
  kernel: string,
  bias: string,
): string {
  return graph.node('Add', `${name}/sum`, [
    graph.node('MatMul', `${name}/product`, [x, kernel]),
    bias,
  ]);
}

function layerNorm({ graph, tensor }: Encoder, name: string, x: string, output: string): string {
  const gamma = graph.constant(`${name}/gamma`, [embedWidth], tensor(`${name}/gamma`));
  const beta = graph.constant(`${name}/beta`, [embedWidth], tensor(`${name}/beta`));
  return graph.node('LayerNormalization', output, [x, gamma, beta], {
    axis: { int: -1 },
    epsilon: { float: layerNormEpsilon },
  });
}
