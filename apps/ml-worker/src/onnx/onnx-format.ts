import protobuf from 'protobufjs/light';

const field = (type: string, id: number) => ({ type, id });
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });

/**
 * The part of onnx.proto that our graphs use; field numbers as in
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */
const messages = {
  ModelProto: {
    fields: {
      irVersion: field('int64', 1),
      producerName: field('string', 2),
      graph: field('GraphProto', 7),
      opsetImport: repeated('OperatorSetIdProto', 8),
    },
  },
  OperatorSetIdProto: { fields: { domain: field('string', 1), version: field('int64', 2) } },
  GraphProto: {
    fields: {
      node: repeated('NodeProto', 1),
      name: field('string', 2),
      initializer: repeated('TensorProto', 5),
      input: repeated('ValueInfoProto', 11),
      output: repeated('ValueInfoProto', 12),
    },
  },
  NodeProto: {
    fields: {
      input: repeated('string', 1),
      output: repeated('string', 2),
      name: field('string', 3),
      opType: field('string', 4),
      attribute: repeated('AttributeProto', 5),
    },
  },
  AttributeProto: {
    fields: {
      name: field('string', 1),
      f: field('float', 2),
      i: field('int64', 3),
      ints: repeated('int64', 8),
      type: field('int32', 20),
    },
  },
  TensorProto: {
    fields: {
      dims: repeated('int64', 1),
      dataType: field('int32', 2),
      name: field('string', 8),
      rawData: field('bytes', 9),
    },
  },
  ValueInfoProto: { fields: { name: field('string', 1), type: field('TypeProto', 2) } },
  TypeProto: { fields: { tensorType: field('TensorTypeProto', 1) } },
  TensorTypeProto: {
    fields: { elemType: field('int32', 1), shape: field('TensorShapeProto', 2) },
  },
  TensorShapeProto: { fields: { dim: repeated('DimensionProto', 1) } },
  DimensionProto: { fields: { dimValue: field('int64', 1), dimParam: field('string', 2) } },
};

const modelProto = protobuf.Root.fromJSON({ nested: messages }).lookupType('ModelProto');

/** Codes of TensorProto.DataType. */
export const dataType = { float: 1, int64: 7, float16: 10 } as const;
const attributeType = { float: 1, int: 2, ints: 7 } as const;
/** The oldest with opset 23. https://github.com/onnx/onnx/blob/main/docs/Versioning.md */
const irVersion = 11;

/** A number, or the name of a dimension that is known only when the graph runs. */
export type Dimension = number | string;

export interface GraphValue {
  readonly name: string;
  readonly shape: readonly Dimension[];
}

/** A constant of the graph, in C order. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export type Attribute =
  { readonly float: number } | { readonly int: number } | { readonly ints: readonly number[] };

export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly name: string;
  readonly opset: number;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly GraphNode[];
}

/** @returns the bytes of a .onnx file; the same graph always gives the same bytes */
export function encodeOnnx(graph: Graph): Uint8Array {
  return modelProto
    .encode(
      modelProto.create({
        irVersion,
        producerName: 'clarity',
        opsetImport: [{ domain: '', version: graph.opset }],
        graph: {
          name: graph.name,
          input: graph.inputs.map(valueInfo),
          output: graph.outputs.map(valueInfo),
          initializer: graph.constants.map(tensor),
          node: graph.nodes.map(({ operator, inputs, output, attributes }) => ({
            input: inputs,
            output: [output],
            name: output,
            opType: operator,
            attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
          })),
        },
      }),
    )
    .finish();
}

function valueInfo({ name, shape }: GraphValue) {
  const dim = shape.map((size) =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  );
  return { name, type: { tensorType: { elemType: dataType.float, shape: { dim } } } };
}

function tensor({ name, shape, data }: Constant) {
  return {
    name,
    dims: shape,
    dataType: data instanceof Float32Array ? dataType.float : dataType.int64,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function attribute(name: string, value: Attribute) {
  if ('float' in value) return { name, f: value.float, type: attributeType.float };
  if ('int' in value) return { name, i: value.int, type: attributeType.int };
  return { name, ints: value.ints, type: attributeType.ints };
}
