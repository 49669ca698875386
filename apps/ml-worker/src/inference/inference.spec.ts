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
import { batchPolicies } from './batch-policy';
import { encoderInference } from './encoder-inference';
import { loadModel, type LoadedModel } from './load-model';
import { openEncoder } from './onnx-session';
import { probeWeek } from './probe-week';
import { scaleWeek } from './scale-week';
import { selfTest } from './self-test';

let bundle: ModelBundle;
const loaded: Pick<LoadedModel, 'release'>[] = [];
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

describe('in batches, as on a GPU', () => {
  const sizes: number[] = [];
  const batched = async (poison?: number) => {
    const encoder = await openEncoder(bundle.graph, 'cpu');
    // The first weeks are scaled slowly, and a busy machine must not flush before the last one is.
    const policy = { ...batchPolicies.cuda, flushAfterMs: 300 };
    loaded.push(encoder);
    const run = (weeks: Float32Array) => {
      sizes.push(weeks.length / minutesPerWeek);
      if (poison !== undefined && weeks.includes(poison)) throw new Error('kernel crashed');
      return encoder.run(weeks);
    };
    return encoderInference(bundle.manifest, { run }, policy);
  };

  describeInferenceProvider('a PAT-S bundle', () => batched());

  test('callers share a run, filled up to a bucket, and each gets its own answer', async () => {
    const inference = await batched();
    const [a, b, zeros] = scaledWeeks().map((week) => week.map(Math.abs));
    const weeks = [a, b, zeros, a, b].map((week) => week ?? new Float32Array());
    sizes.length = 0;
    const answers = await Promise.all(weeks.map((week) => inference.embed([week])));
    expect(sizes).toEqual([8]);
    const apart = await (await load()).embed(weeks);
    answers.forEach(([answer = []], index) =>
      expect(furthest(answer, apart[index] ?? [])).toBeLessThan(1e-4),
    );
  });

  test('a week that the model chokes on fails alone', async () => {
    const weeks = countedWeeks();
    const poison = weeks[0]?.slice().fill(12_345, 7, 8) ?? new Float32Array();
    const inference = await batched(scaleWeek(poison, { kind: 'z-score' })[7]);
    const settled = await Promise.allSettled(
      [...weeks, poison].map((week) => inference.embed([week])),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  test('the self-test tries every size that a batch may have', async () => {
    const encoder = await openEncoder(bundle.graph, 'cpu');
    const ran: number[] = [];
    const run = (weeks: Float32Array) => {
      ran.push(weeks.length / minutesPerWeek);
      return encoder.run(weeks);
    };
    const inference = encoderInference(bundle.manifest, { run }, batchPolicies.cuda);
    await selfTest(inference, batchPolicies.cuda.buckets);
    await encoder.release();
    expect(ran).toEqual([1, 2, 4, 8, 16, 32]);
  });
});

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
  await expect(load({ opset: 0 })).rejects.toThrow(/not a model manifest/);
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
