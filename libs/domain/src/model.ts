import { sha256Schema } from '@clarity/schema';
import Type, { type Static } from 'typebox';

/** How a week of counts is scaled before the encoder sees it. Part of the bundle: weights and scaling belong together. */
export const scalingSchema = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('z-score') }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('scalar'),
      mean: Type.Number(),
      deviation: Type.Number({ exclusiveMinimum: 0 }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('per-minute'),
      mean: Type.Array(Type.Number(), { minItems: 10_080, maxItems: 10_080 }),
      deviation: Type.Array(Type.Number({ exclusiveMinimum: 0 }), {
        minItems: 10_080,
        maxItems: 10_080,
      }),
    },
    { additionalProperties: false },
  ),
]);
export type Scaling = Static<typeof scalingSchema>;

/** How the graph writes attention down: the same function, at different speeds. */
export const attentionSchema = Type.Enum(['plain', 'merged', 'multi-query'], { type: 'string' });
export type Attention = Static<typeof attentionSchema>;

/** What the graph computes with between its input and its outputs, which are float32. */
export const precisionSchema = Type.Enum(['float32', 'float16'], { type: 'string' });
export type Precision = Static<typeof precisionSchema>;

/** What is next to model.onnx in a model bundle: which weights it holds and how to feed it. */
export const modelManifestSchema = Type.Object(
  {
    schema: Type.Literal(1),
    name: Type.String({ minLength: 1, maxLength: 64 }),
    size: Type.Union([Type.Literal('S'), Type.Literal('M'), Type.Literal('L')]),
    parameters: Type.Integer({ minimum: 1 }),
    /** Of the .h5 file that was imported. */
    weightsSha256: sha256Schema,
    /**
     * `published`: the hash is that of a file its authors published. `pinned`: it is the one that the person who
     * imported the file asked for. `synthetic`: seeded numbers, no clinical meaning. `custom`: none of these.
     */
    weights: Type.Union([
      Type.Literal('published'),
      Type.Literal('pinned'),
      Type.Literal('synthetic'),
      Type.Literal('custom'),
    ]),
    scaling: scalingSchema,
    opset: Type.Integer({ minimum: 1 }),
    /** Bundles from before it was recorded do not have it; all of them are `merged`. */
    attention: Type.Optional(attentionSchema),
    /** Only of a graph in float16. */
    float16: Type.Optional(
      Type.Object({
        /** Largest difference to the float32 graph, over ordinary and extreme weeks, on a CPU at import. */
        error: Type.Number({ minimum: 0 }),
      }),
    ),
    /** File name of the graph inside the bundle, and its hash. */
    graph: Type.Object({
      file: Type.String({ pattern: '^[A-Za-z0-9._-]+$' }),
      sha256: sha256Schema,
    }),
    /** Self-test: what these weights answer for the week that `probeWeek()` makes, computed at import. */
    selfTest: Type.Object({
      embedding: Type.Array(Type.Number(), { minItems: 96, maxItems: 96 }),
      tolerance: Type.Number({ exclusiveMinimum: 0 }),
    }),
  },
  { additionalProperties: false },
);
export type ModelManifest = Static<typeof modelManifestSchema>;
