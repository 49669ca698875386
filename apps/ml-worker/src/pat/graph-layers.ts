import type { GraphBuilder } from '../onnx/graph-builder';
import { embedWidth, layerNormEpsilon, type Architecture, type Weights } from './architecture';

/** What every part of the encoder writes to and reads from. */
export interface EncoderParts {
  readonly graph: GraphBuilder;
  readonly architecture: Architecture;
  /** @throws Error that names a tensor which is not there */
  readonly tensor: (name: string) => Float32Array;
}

export function tensorReader(weights: Weights): EncoderParts['tensor'] {
  return (name) => {
    const values = weights.get(name);
    if (values === undefined) throw new Error(`The weights have no tensor ${name}.`);
    return values;
  };
}

/** x · kernel + bias, with the tensors of the layer `name`. @param shape of the kernel */
export function dense(
  { graph, tensor }: EncoderParts,
  name: string,
  x: string,
  shape: readonly [number, number],
): string {
  const [kernel, bias] = [tensor(`${name}/kernel`), tensor(`${name}/bias`)];
  return linear(graph, name, x, shape, { kernel, bias });
}

/** x · kernel + bias. @param shape of the kernel */
export function linear(
  graph: GraphBuilder,
  name: string,
  x: string,
  shape: readonly [number, number],
  { kernel, bias }: { readonly kernel: Float32Array; readonly bias: Float32Array },
): string {
  const product = graph.node('MatMul', `${name}/product`, [
    x,
    graph.constant(`${name}/kernel`, shape, kernel),
  ]);
  return graph.node('Add', `${name}/sum`, [
    product,
    graph.constant(`${name}/bias`, [shape[1]], bias),
  ]);
}

export function layerNorm(
  { graph, tensor }: EncoderParts,
  name: string,
  x: string,
  output: string,
): string {
  const gamma = graph.constant(`${name}/gamma`, [embedWidth], tensor(`${name}/gamma`));
  const beta = graph.constant(`${name}/beta`, [embedWidth], tensor(`${name}/beta`));
  return graph.node('LayerNormalization', output, [x, gamma, beta], {
    axis: { int: -1 },
    epsilon: { float: layerNormEpsilon },
  });
}
