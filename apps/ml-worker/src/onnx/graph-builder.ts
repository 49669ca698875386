import type { Precision } from '@clarity/domain';
import {
  dataType,
  type Attribute,
  type Constant,
  type Graph,
  type GraphNode,
  type GraphValue,
} from './onnx-format';

/** Writes a graph down as the calculation it is: each call adds a node and names its result. */
export interface GraphBuilder {
  /** A constant of the graph. @returns its name */
  constant(name: string, shape: readonly number[], data: Float32Array): string;
  /** A shape or a list of axes, as operators want them. @returns its name */
  integers(name: string, values: readonly number[]): string;
  /** Adds a node. @returns the name of its result, which is `name` */
  node(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): string;
  finish(graph: {
    name: string;
    opset: number;
    inputs: readonly GraphValue[];
    outputs: readonly GraphValue[];
  }): Graph;
}

/** @returns the name of `x` in another precision */
export function cast(graph: GraphBuilder, name: string, x: string, to: Precision): string {
  return graph.node('Cast', name, [x], {
    to: { int: to === 'float16' ? dataType.float16 : dataType.float },
  });
}

/** Writes to `graph` with float16 constants. The file has them as float32, and the runtime converts them when it loads it. */
export function inFloat16(graph: GraphBuilder): GraphBuilder {
  return {
    ...graph,
    constant: (name, shape, data) =>
      cast(graph, `${name}/float16`, graph.constant(name, shape, data), 'float16'),
  };
}

export function graphBuilder(): GraphBuilder {
  const constants: Constant[] = [];
  const nodes: GraphNode[] = [];
  return {
    constant(name, shape, data) {
      constants.push({ name, shape, data });
      return name;
    },
    integers(name, values) {
      constants.push({ name, shape: [values.length], data: BigInt64Array.from(values, BigInt) });
      return name;
    },
    node(operator, name, inputs, attributes = {}) {
      nodes.push({ operator, inputs, output: name, attributes });
      return name;
    },
    finish: (graph) => ({ ...graph, constants, nodes }),
  };
}
