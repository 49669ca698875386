import type { Attribute, Constant, Graph, GraphNode, GraphValue } from './onnx-format';

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
