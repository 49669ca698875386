import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProcessImage, storeProcessImage } from './process-image';

let folder: string;
let app: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-image-'));
  app = join(folder, 'app');
  await mkdir(join(app, 'static'), { recursive: true });
  await writeFile(join(app, 'main.js'), 'serve()');
  await writeFile(join(app, 'static/page.html'), '<p>');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the same files have the same digest, and a changed byte another', async () => {
  const first = await describeProcessImage('clarity-api', app);
  expect(await describeProcessImage('clarity-api', app)).toEqual(first);
  await writeFile(join(app, 'main.js'), 'serve();');
  expect((await describeProcessImage('clarity-api', app)).digest).not.toBe(first.digest);
});

test('the stored folder has the app, and the manifest whose hash is the digest', async () => {
  const image = await describeProcessImage('clarity-api', app);
  const store = join(folder, 'store');
  await expect(storeProcessImage(image, store)).resolves.toBe(true);
  const stored = join(store, image.digest.replace(':', '-'));
  const manifest = await readFile(join(stored, 'image.json'));
  expect(`sha256:${createHash('sha256').update(manifest).digest('hex')}`).toBe(image.digest);
  await expect(readFile(join(stored, 'static/page.html'), 'utf8')).resolves.toBe('<p>');
});

test('storing again changes nothing', async () => {
  const image = await describeProcessImage('clarity-api', app);
  const store = join(folder, 'store');
  await storeProcessImage(image, store);
  await expect(storeProcessImage(image, store)).resolves.toBe(false);
  await expect(readdir(store)).resolves.toHaveLength(1);
});

test('source maps are left out, so that they do not change a release', async () => {
  const { digest } = await describeProcessImage('clarity-api', app);
  await writeFile(join(app, 'main.js.map'), '{}');
  expect((await describeProcessImage('clarity-api', app)).digest).toBe(digest);
});

test('the error for an app that is not built has the command to build it', async () => {
  await expect(describeProcessImage('clarity-api', join(folder, 'none'))).rejects.toMatchObject({
    message: expect.stringContaining('clarity-api is not built'),
    advice: 'Run: npm run build',
  });
});
