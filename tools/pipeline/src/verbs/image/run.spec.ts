import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import { imagePublisher } from '../../core/images/image-publisher';
import { pushImages } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'image-'));
});
afterEach(() => rm(root, { recursive: true }));

const sources = { appsFolder: '' };
function environment() {
  const { context, calls } = inMemoryEnvironment({ root });
  return { context: withTerraform(context, calls, {}), calls };
}
const written = () =>
  readFile(join(root, 'dist/pipeline/dev/images.json'), 'utf8').catch(() => undefined);

test('pushes the wanted images only, and writes their references for later steps', async () => {
  const { context, calls } = environment();
  const images = await pushImages(context, ['api'], sources);
  expect(calls).toEqual(['push api']);
  expect(images).toEqual({ api: expect.stringMatching(/@sha256:[0-9a-f]{64}$/) });
  expect(JSON.parse((await written()) ?? '')).toEqual(images);
});

test('if one image cannot be pushed, later steps find no references', async () => {
  const { context } = environment();
  const publishImages: typeof context.publishImages = async () => async (app) => {
    if (app === 'api') return { image: 'registry.test/api@sha256:0', commit: 'none' };
    throw new Error('The layer is too large.');
  };
  const pushed = pushImages({ ...context, publishImages }, ['api', 'ml-worker'], sources);
  await expect(pushed).rejects.toThrow('The layer is too large.');
  await expect(written()).resolves.toBeUndefined();
});

test('a tree that is not a commit has no image that could be named after it', async () => {
  const { context } = environment();
  const { workspace, reporter, signal } = context;
  const place = { workspace, reporter, signal, ecr: new ECRClient({ region: 'us-east-1' }) };
  const publishImages: typeof context.publishImages = async (from) =>
    imagePublisher('dev', place, { ...from, tested: undefined });
  await expect(pushImages({ ...context, publishImages }, ['api'], sources)).rejects.toMatchObject({
    reason: 'usage',
    message: 'Images are built from commits, and this tree is "unversioned".',
    advice: 'Commit the changes first.',
  });
});
