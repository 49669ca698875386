import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ModelManifest } from '@clarity/domain';
import { sha256Schema } from '@clarity/schema';
import Type from 'typebox';
import type { ModelCatalogue } from './model-catalogue';

const example = {
  name: 'pat-s',
  size: 'S',
  parameters: 274_720,
  weights: 'published',
  weightsSha256: '37b3c530b8d9d89416d28fddbb4545de568cc52ddf6f5c700eeb4aa78f1c3616',
  scaling: { kind: 'z-score' },
};

const modelsSchema = Type.Object(
  {
    models: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          size: Type.String({ enum: ['S', 'M', 'L'] }),
          parameters: Type.Integer({ minimum: 1 }),
          weights: Type.String({
            enum: ['published', 'pinned', 'synthetic', 'custom'],
            description:
              'Where the weights come from. `published`: a file of the authors of PAT. `pinned`: the file whose hash the operator asked for. `synthetic` weights carry no clinical meaning.',
          }),
          weightsSha256: sha256Schema,
          scaling: Type.Object(
            {
              kind: Type.String({ enum: ['none', 'z-score', 'scalar', 'per-minute'] }),
              mean: Type.Optional(Type.Number()),
              deviation: Type.Optional(Type.Number()),
            },
            {
              description:
                'How counts are scaled before the encoder. The 20,160 numbers of `per-minute` are left out.',
            },
          ),
        },
        { title: 'Model' },
      ),
    ),
  },
  {
    description: 'What is served; empty before the first model.',
    examples: [{ models: [example] }],
  },
);

export function modelsRoutes(catalogue: ModelCatalogue): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/models',
      {
        schema: {
          operationId: 'listModels',
          summary: 'The models that analyses run on',
          tags: ['models'],
          response: { 200: modelsSchema },
        },
      },
      async () => {
        const manifest = await catalogue.served();
        return { models: manifest === undefined ? [] : [modelView(manifest)] };
      },
    );
  };
}

function modelView({ name, size, parameters, weights, weightsSha256, scaling }: ModelManifest) {
  return {
    name,
    size,
    parameters,
    weights,
    weightsSha256,
    scaling:
      scaling.kind === 'scalar'
        ? { kind: scaling.kind, mean: scaling.mean, deviation: scaling.deviation }
        : { kind: scaling.kind },
  };
}
