import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedPath, writeHdf5 } from '../../test/hdf5-writer';
import { architectures, tensorsOf } from '../pat/architecture';
import { syntheticWeights } from '../pat/synthetic-weights';
import { readWeightsFile, syntheticWeightsFile } from './pat-weights-file';

const S = architectures.S;
const tensors = tensorsOf(S);
const synthetic = syntheticWeights(S);
/** As trained weights would be: other numbers, same shapes. */
const trained = new Map(
  [...synthetic].map(([name, values]) => [name, values.map((value) => value / 2)]),
);

test.each([
  ['published', publishedPath],
  ['whole-model', (name: string) => `model_weights/${publishedPath(name)}`],
  ['Keras 3', (name: string) => publishedPath(name).replace(/:0$/, '')],
])('reads the %s layout', async (_, place) => {
  const file = await readWeightsFile(await writeHdf5(tensors, trained, place), S);
  expect(file.synthetic).toBe(false);
  expect(file.weights).toEqual(trained);
});

test("a whole model's optimizer does not get in the way", async () => {
  const bytes = await writeHdf5(
    tensors,
    trained,
    (name) => `model_weights/${publishedPath(name)}`,
    {
      'optimizer_weights/dense/kernel:0': [18, 96],
    },
  );
  expect((await readWeightsFile(bytes, S)).weights).toEqual(trained);
});

test('synthetic weights are recognised by their mark, and without it by their numbers', async () => {
  const marked = await syntheticWeightsFile(S);
  expect(await readWeightsFile(marked, S)).toEqual({
    weights: synthetic,
    synthetic: true,
    ignored: [],
  });
  const unmarked = await writeHdf5(tensors, synthetic, publishedPath);
  expect((await readWeightsFile(unmarked, S)).synthetic).toBe(true);
});

test('the synthetic file is the same whenever it is made', async () => {
  const first = await syntheticWeightsFile(S);
  jest.useFakeTimers({ now: Date.UTC(2031, 0, 1) });
  try {
    expect(Buffer.compare(await syntheticWeightsFile(S), first)).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('lists the tensors that it does not use, such as those of a head', async () => {
  const head = { 'head/dense_2/kernel:0': [96, 1], 'head/dense_2/bias:0': [1] };
  const { ignored } = await readWeightsFile(
    await writeHdf5(tensors, trained, publishedPath, head),
    S,
  );
  expect(ignored.toSorted()).toEqual(Object.keys(head).toSorted());
});

const without = (missing: string) => (name: string) =>
  name === missing ? undefined : publishedPath(name);
const corrupted = new Map(trained).set('dense/bias', new Float32Array(96).fill(NaN));

test.each<[string, () => Promise<Uint8Array>, RegExp]>([
  ['not HDF5', async () => Buffer.from('this is a text'), /not an HDF5 file/],
  ['an empty file', async () => new Uint8Array(), /not an HDF5 file/],
  ['a cut-off file', async () => (await syntheticWeightsFile(S)).subarray(0, 500_000), /cut off/],
  [
    'a missing tensor',
    () => writeHdf5(tensors, trained, without('dense/bias')),
    /no tensor dense\/bias/,
  ],
  [
    'a tensor twice',
    () => writeHdf5(tensors, trained, publishedPath, { 'head/dense/kernel:0': [18, 96] }),
    /2 tensors dense\/kernel/,
  ],
  [
    'values that are not numbers',
    () => writeHdf5(tensors, corrupted, publishedPath),
    /dense\/bias.*finite/,
  ],
  ['another size', () => syntheticWeightsFile(architectures.M), /\[96, 12, 96\]; PAT-S needs/],
  [
    'float16',
    () => readFile(join(__dirname, '../../test/fixtures/float16-kernel.h5')),
    /float16, which is not supported/,
  ],
  [
    'a table of positions',
    () =>
      writeHdf5(tensors, trained, publishedPath, { 'position_embedding/embeddings:0': [560, 96] }),
    /position_embedding.*another architecture/,
  ],
  [
    'a layer too many',
    () =>
      writeHdf5(tensors, trained, publishedPath, {
        'encoder_layer_2_transformer/encoder_layer_2_norm1/beta:0': [96],
      }),
    /larger size/,
  ],
])('refuses %s with the reason', async (_, make, message) => {
  await expect(readWeightsFile(await make(), S)).rejects.toThrow(message);
});
