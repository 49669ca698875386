import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeS3 } from '../../../test/fake-s3';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import { publishModelBundle } from './run';

let root: string;
let fake: Awaited<ReturnType<typeof fakeS3>>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'publish-model-'));
  fake = await fakeS3();
});
afterEach(async () => {
  await fake.close();
  await rm(root, { recursive: true });
});

const graph = 'the graph';
const manifest = {
  name: 'clarity-v1',
  weights: 'trained',
  graph: { file: 'graph.bin', sha256: createHash('sha256').update(graph).digest('hex') },
};
const writeManifest = (content: unknown) =>
  writeFile(join(root, 'manifest.json'), JSON.stringify(content));

function environment(stack = 'clarity-dev-data') {
  const { context, lines } = inMemoryEnvironment({ root });
  const clients = { ...context.clients, s3: async () => fake.s3 };
  const stacks = { [stack]: { outputs: { data_bucket: 'data' } } };
  return { context: withTerraform({ ...context, clients }, [], stacks), lines };
}

test('uploads the graph and then the manifest, to where the worker loads them from', async () => {
  await writeFile(join(root, 'graph.bin'), graph);
  await writeManifest(manifest);
  const { context, lines } = environment();
  await publishModelBundle(context, root);
  expect([...fake.stored]).toEqual([
    ['/data/models/clarity-v1/graph.bin', graph],
    ['/data/models/clarity-v1/manifest.json', JSON.stringify(manifest)],
  ]);
  expect(lines).toEqual(['publish model clarity-v1 (trained weights)']);
});

test('a graph that the manifest does not name is not uploaded', async () => {
  await writeFile(join(root, 'graph.bin'), 'cut off');
  await writeManifest(manifest);
  await expect(publishModelBundle(environment().context, root)).rejects.toMatchObject({
    reason: 'usage',
    message: `The graph in ${root} is not the one its manifest names.`,
  });
  expect(fake.stored.size).toBe(0);
});

test('a folder without a bundle is a usage error that names the folder', async () => {
  await expect(publishModelBundle(environment().context, root)).rejects.toMatchObject({
    reason: 'usage',
    message: `No model bundle in ${root}.`,
  });
});

test('a bundle whose graph is missing is a usage error too', async () => {
  await writeManifest(manifest);
  await expect(publishModelBundle(environment().context, root)).rejects.toMatchObject({
    reason: 'usage',
    message: `The model bundle in ${root} has no graph.bin.`,
  });
});

test('a malformed manifest is a usage error that names the field', async () => {
  await writeManifest({ ...manifest, name: '../other' });
  await expect(publishModelBundle(environment().context, root)).rejects.toMatchObject({
    reason: 'usage',
    message: expect.stringMatching(
      /manifest\.json: The model manifest is malformed\.\n {2}\/name /,
    ),
  });
});
