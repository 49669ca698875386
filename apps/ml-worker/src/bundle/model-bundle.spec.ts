import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelManifestSchema } from '@clarity/domain';
import { parser, sha256Of } from '@clarity/schema';
import { furthest } from '../../test/golden';
import { publishedPath, writeHdf5 } from '../../test/hdf5-writer';
import { architectures, tensorsOf } from '../pat/architecture';
import { syntheticWeights } from '../pat/synthetic-weights';
import { syntheticWeightsFile } from '../weights/pat-weights-file';
import { makeBundle } from './make-bundle';
import { scalingOption } from './scaling-option';
import { verifyBundle } from './verify-bundle';
import { writeBundle } from './write-bundle';

const parseManifest = parser('manifest', modelManifestSchema);
const options = { size: 'S', name: 'pat-s', scaling: { kind: 'z-score' } } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-bundle-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function trainedFile(change = (value: number) => value / 2): Promise<Uint8Array> {
  const weights = new Map(
    [...syntheticWeights(architectures.S)].map(([name, values]) => [name, values.map(change)]),
  );
  return writeHdf5(tensorsOf(architectures.S), weights, publishedPath);
}

test('a bundle says which weights it holds, and carries their answer to the probe week', async () => {
  const file = await syntheticWeightsFile(architectures.S);
  const { manifest, graph } = await makeBundle(file, options);
  expect(parseManifest(manifest)).toMatchObject({
    name: 'pat-s',
    parameters: 274_720,
    weights: 'synthetic',
    weightsSha256: sha256Of(file),
    attention: 'merged',
    opset: 18,
    graph: { file: 'model.onnx', sha256: sha256Of(graph) },
  });
  expect(Math.max(...manifest.selfTest.embedding)).toBeGreaterThan(0.1);
});

test('PAT-L is written with the attention that is fastest for it, and another if asked', async () => {
  const file = await syntheticWeightsFile(architectures.L);
  const large = { ...options, size: 'L' } as const;
  const fastest = await makeBundle(file, large);
  expect(fastest.manifest).toMatchObject({ attention: 'multi-query', opset: 23 });
  const plain = await makeBundle(file, { ...large, attention: 'plain' });
  expect(plain.manifest).toMatchObject({ attention: 'plain', opset: 18 });
  const embeddings = [fastest, plain].map(({ manifest }) => manifest.selfTest.embedding);
  expect(furthest(embeddings[0] ?? [], embeddings[1] ?? [])).toBeLessThan(1e-4);
});

test('in float16 a bundle has the answers of float32, and its tolerance follows its measured error', async () => {
  const file = await syntheticWeightsFile(architectures.S);
  const full = await makeBundle(file, options);
  const half = await makeBundle(file, { ...options, precision: 'float16' });
  expect(half.manifest.selfTest.embedding).toEqual(full.manifest.selfTest.embedding);
  const error = half.manifest.float16?.error ?? NaN;
  expect(error).toBeGreaterThan(1e-5);
  expect(error).toBeLessThan(5e-3);
  expect(half.manifest.selfTest.tolerance).toBe(Math.max(1e-3, 4 * error));
  expect(full.manifest.float16).toBeUndefined();
  await writeBundle(half, join(folder, 'half'));
  expect((await verifyBundle(join(folder, 'half'), 'cpu')).selfTestError).toBeGreaterThan(1e-5);
});

test('weights whose products are too large for float16 are refused', async () => {
  const file = await trainedFile((value) => 40 * value);
  await expect(makeBundle(file, { ...options, precision: 'float16' })).rejects.toThrow(
    /Import them in float32/,
  );
});

test('weights with another hash than the published one are custom, or pinned if that hash was asked for', async () => {
  const file = await trainedFile();
  expect((await makeBundle(file, options)).manifest.weights).toBe('custom');
  const pinned = await makeBundle(file, { ...options, pin: sha256Of(file) });
  expect(pinned.manifest.weights).toBe('pinned');
  await expect(makeBundle(file, { ...options, pin: '0'.repeat(64) })).rejects.toThrow(
    /was asked for/,
  );
});

test.each<[string, (value: number) => number, RegExp]>([
  ['overflow', (value) => value * 1e37, /not finite for an ordinary week/],
  ['are all zero', () => 0, /same embedding for every week/],
])('weights that %s are refused', async (_, change, reason) => {
  await expect(makeBundle(await trainedFile(change), options)).rejects.toThrow(reason);
});

test('synthetic weights stay synthetic under any pin', async () => {
  const file = await syntheticWeightsFile(architectures.S);
  const { manifest } = await makeBundle(file, { ...options, pin: sha256Of(file) });
  expect(manifest.weights).toBe('synthetic');
});

test('a bundle is written whole, replaces one, and never replaces anything else', async () => {
  const bundle = await makeBundle(await syntheticWeightsFile(architectures.S), options);
  const target = join(folder, 'deep', 'bundle');
  await writeBundle(bundle, target);
  await writeBundle({ ...bundle, manifest: { ...bundle.manifest, name: 'second' } }, target);
  expect((await readdir(target)).sort()).toEqual(['manifest.json', 'model.onnx']);
  expect(
    parseManifest(JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'))).name,
  ).toBe('second');
  expect(await readdir(join(folder, 'deep'))).toEqual(['bundle']);

  await writeFile(join(folder, 'precious.txt'), 'mine');
  await expect(writeBundle(bundle, folder)).rejects.toThrow(/not a model bundle/);
  expect(await readFile(join(folder, 'precious.txt'), 'utf8')).toBe('mine');
  for (const path of ['precious.txt', 'precious.txt/bundle'])
    await expect(writeBundle(bundle, join(folder, path))).rejects.toThrow(/cannot be written/);
});

test('a bundle is verified as a worker would load it', async () => {
  const bundle = await makeBundle(await syntheticWeightsFile(architectures.S), options);
  const target = join(folder, 'bundle');
  await writeBundle(bundle, target);
  const { manifest, selfTestError } = await verifyBundle(target, 'cpu');
  expect(manifest).toEqual(bundle.manifest);
  expect(selfTestError).toBeLessThan(1e-6);

  await writeFile(
    join(target, 'model.onnx'),
    bundle.graph.map((byte) => byte ^ 1),
  );
  await expect(verifyBundle(target, 'cpu')).rejects.toThrow(/not the graph/);
  await expect(verifyBundle(folder, 'cpu')).rejects.toThrow(/manifest\.json cannot be read/);
});

test('scalings are read from the command line', async () => {
  const table = { mean: new Array(10_080).fill(1), deviation: new Array(10_080).fill(2) };
  const file = join(folder, 'scaling.json');
  await writeFile(file, JSON.stringify(table));
  expect(await scalingOption('none')).toEqual({ kind: 'none' });
  expect(await scalingOption('scalar:12.5,3')).toEqual({
    kind: 'scalar',
    mean: 12.5,
    deviation: 3,
  });
  expect(await scalingOption(`per-minute:${file}`)).toEqual({ kind: 'per-minute', ...table });
  for (const wrong of ['', 'zscore', 'none:1', 'scalar', 'scalar:1,0', 'per-minute:nowhere.json'])
    await expect(scalingOption(wrong)).rejects.toThrow(/not a scaling/);
});
