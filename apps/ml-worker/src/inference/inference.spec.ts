import { minutesPerWeek, type ModelManifest } from '@clarity/domain';
import { describeInferenceProvider, inMemoryCloud } from '@clarity/domain/testing';
import {
  countedWeeks,
  furthest,
  goldenJson,
  scaledWeeks,
  type GoldenPatS,
} from '../../test/golden';
import { makeBundle, type ModelBundle } from '../bundle/make-bundle';
import { architectures } from '../pat/architecture';
import { syntheticWeightsFile } from '../weights/pat-weights-file';
import { loadModel, type LoadedModel } from './load-model';
import { probeWeek } from './probe-week';
import { scaleWeek } from './scale-week';

let bundle: ModelBundle;
const loaded: LoadedModel[] = [];
beforeAll(async () => {
  const file = await syntheticWeightsFile(architectures.S);
  bundle = await makeBundle(file, { size: 'S', name: 'pat-s', scaling: { kind: 'z-score' } });
});
afterAll(() => Promise.all(loaded.map((model) => model.release())));

async function load(changes: Partial<ModelManifest> = {}, graph = bundle.graph) {
  const { objects } = inMemoryCloud();
  const options = { contentType: 'application/octet-stream' };
  const manifest = Buffer.from(JSON.stringify({ ...bundle.manifest, ...changes }));
  await objects.put('models/pat-s/model.onnx', graph, options);
  await objects.put('models/pat-s/manifest.json', manifest, options);
  const model = await loadModel(objects, 'models/pat-s', 'cpu');
  loaded.push(model);
  return model.inference;
}

describeInferenceProvider('a PAT-S bundle', () => load());

test('counts in, the golden embeddings out', async () => {
  const { pooled } = goldenJson<GoldenPatS>('pat-s');
  const embeddings = await (await load()).embed(countedWeeks());
  embeddings.forEach((embedding, week) =>
    expect(furthest(embedding, pooled[week] ?? [])).toBeLessThan(1e-4),
  );
});

test('a graph that is not the manifest’s is not run', async () => {
  const other = Uint8Array.from(bundle.graph);
  other[1000] = (other[1000] ?? 0) ^ 1;
  await expect(load({}, other)).rejects.toThrow(/not the graph/);
});

test('weights that answer otherwise than at import fail the self-test', async () => {
  const { embedding, tolerance } = bundle.manifest.selfTest;
  const selfTest = { tolerance, embedding: embedding.map((v, i) => (i === 7 ? v + 0.01 : v)) };
  await expect(load({ selfTest })).rejects.toThrow(/self-test: off by 0\.0/);
});

test('a missing or malformed bundle is named', async () => {
  const { objects } = inMemoryCloud();
  await expect(loadModel(objects, 'models/x', 'cpu')).rejects.toThrow('models/x/manifest.json');
  await expect(load({ opset: 0 })).rejects.toThrow(/no model manifest/);
});

describe('scaling', () => {
  const week = Float32Array.from({ length: minutesPerWeek }, (_, i) =>
    i < 2 ? NaN : i % 2 ? 30 : 10,
  );

  test('z-score is the reference’s', () => {
    countedWeeks().forEach((counts, index) =>
      expect(
        furthest(scaleWeek(counts, { kind: 'z-score' }), scaledWeeks()[index] ?? []),
      ).toBeLessThan(1e-6),
    );
  });

  test.each([
    [{ kind: 'none' }, [20, 20, 10, 30]],
    [{ kind: 'z-score' }, [0, 0, -1, 1]],
    [{ kind: 'scalar', mean: 5, deviation: 5 }, [0, 0, 1, 5]],
    [
      {
        kind: 'per-minute',
        mean: Array.from({ length: minutesPerWeek }, (_, i) => i),
        deviation: new Array<number>(minutesPerWeek).fill(2),
      },
      [0, 0, 4, 13.5],
    ],
  ] as const)('%o puts a missing minute at its average', (scaling, expected) => {
    const scaled = scaleWeek(week, scaling as Parameters<typeof scaleWeek>[1]);
    expect([...scaled.subarray(0, 4)]).toEqual(expected);
  });

  test('a week that never varies is 0, not a division by 0', () => {
    const flat = new Float32Array(minutesPerWeek).fill(7);
    expect(scaleWeek(flat, { kind: 'z-score' }).every((value) => value === 0)).toBe(true);
  });

  test.each([Infinity, -1])('a count of %d is refused', (count) => {
    const wrong = week.slice().fill(count, 50, 51);
    expect(() => scaleWeek(wrong, { kind: 'none' })).toThrow('Minute 50');
  });
});

test('the probe week is what every bundle was tested with', () => {
  const week = probeWeek();
  const sum = week.reduce((total, count) => total + (Number.isNaN(count) ? 0 : count), 0);
  expect([week.filter(Number.isNaN).length, sum]).toEqual([60, 3_669_872]);
});
