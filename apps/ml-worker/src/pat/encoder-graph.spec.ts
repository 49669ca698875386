import { minutesPerWeek } from '@clarity/domain';
import {
  furthest,
  goldenJson,
  scaledWeeks,
  type GoldenPat,
  type GoldenPatS,
} from '../../test/golden';
import { openEncoder, type EncoderSession } from '../inference/onnx-session';
import { graphBuilder } from '../onnx/graph-builder';
import { encodeOnnx } from '../onnx/onnx-format';
import { architectures, embedWidth, layerNormEpsilon, tensorsOf } from './architecture';
import { encoderGraph } from './encoder-graph';
import { syntheticWeights } from './synthetic-weights';

const patS = goldenJson<GoldenPatS>('pat-s');
const goldenOf = {
  S: patS,
  M: goldenJson<GoldenPat>('pat-m'),
  L: goldenJson<GoldenPat>('pat-l'),
};
const inputs = scaledWeeks();
const forms = ['plain', 'merged', 'multi-query'] as const;

describe.each(
  (['S', 'M', 'L'] as const).flatMap((size) => forms.map((attention) => ({ size, attention }))),
)('PAT-$size with the synthetic weights, $attention', ({ size, attention }) => {
  const golden = goldenOf[size];
  let encoder: EncoderSession;
  beforeAll(async () => {
    const architecture = architectures[size];
    const graph = encoderGraph(architecture, syntheticWeights(architecture), attention);
    encoder = await openEncoder(encodeOnnx(graph), 'cpu');
  });
  afterAll(() => encoder.release());

  test.each([0, 1, 2])('embeds golden input %i', async (index) => {
    const week = inputs[index] ?? new Float32Array();
    expect(furthest(await encoder.run(week), golden.pooled[index] ?? [])).toBeLessThan(1e-4);
    const tokens = await encoder.run(week, 'tokens');
    expect(tokens).toHaveLength((minutesPerWeek / architectures[size].patch) * embedWidth);
    const first = tokens.subarray(0, embedWidth);
    expect(furthest(first, golden.first_token[index] ?? [])).toBeLessThan(5e-4);
  });
});

test.each(forms)('a batch answers as its weeks alone, %s', async (attention) => {
  const graph = encoderGraph(architectures.S, syntheticWeights(architectures.S), attention);
  const encoder = await openEncoder(encodeOnnx(graph), 'cpu');
  const batch = new Float32Array(3 * minutesPerWeek);
  inputs.forEach((week, index) => batch.set(week, index * minutesPerWeek));
  expect(furthest(await encoder.run(batch), patS.pooled.flat())).toBeLessThan(1e-4);
  await encoder.release();
});

test('a missing tensor is named', () => {
  const weights = new Map(syntheticWeights(architectures.S));
  weights.delete('dense/bias');
  expect(() => encoderGraph(architectures.S, weights, 'plain')).toThrow('dense/bias');
});

test('every tensor has its place in the published order', () => {
  expect(tensorsOf(architectures.S)).toEqual(
    patS.tensors.map(({ name, shape }) => ({ name, shape })),
  );
});

/** Tokens cannot tell 1e-6 from 1e-5; a layer of nearly equal numbers can. */
test('layer normalisation uses an epsilon of 1e-6', async () => {
  const { rows } = goldenJson<{ rows: Record<string, number[]> }>('layernorm-eps');
  const input = Float32Array.from({ length: minutesPerWeek }, (_, i) => (i % 96) * 1e-4);
  const graph = graphBuilder();
  const tokens = graph.node('Reshape', 'rows', ['week', graph.integers('shape', [0, 105, 96])]);
  graph.node(
    'LayerNormalization',
    'tokens',
    [
      tokens,
      graph.constant('gamma', [96], new Float32Array(96).fill(1)),
      graph.constant('beta', [96], new Float32Array(96)),
    ],
    { axis: { int: -1 }, epsilon: { float: layerNormEpsilon } },
  );
  const encoder = await openEncoder(
    encodeOnnx(
      graph.finish({
        name: 'layer-norm',
        opset: 17,
        inputs: [{ name: 'week', shape: ['batch', minutesPerWeek] }],
        outputs: [{ name: 'tokens', shape: ['batch', 105, 96] }],
      }),
    ),
    'cpu',
  );
  const normalised = await encoder.run(input, 'tokens');
  const picked = [0, 47, 95].map((index) => normalised[index] ?? NaN);
  expect(furthest(picked, rows['1e-06'] ?? [])).toBeLessThan(1e-4);
  expect(furthest(picked, rows['1e-05'] ?? [])).toBeGreaterThan(0.1);
  await encoder.release();
});
