import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialisationKey, isInitialised, rememberInitialised } from './initialised';

let folder: string;
const write = (name: string, value: unknown) =>
  writeFile(join(folder, name), JSON.stringify(value));
const backend = (bucket: string) => ({ terraform: { backend: { s3: { bucket } } } });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'initialised-'));
  await mkdir(join(folder, '.terraform'));
  await write('cdk.tf.json', backend('one'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const remember = async () => rememberInitialised(folder, await initialisationKey(folder));
const current = async () => isInitialised(folder, await initialisationKey(folder));

test('a change of resources needs no new initialisation', async () => {
  await remember();
  await write('cdk.tf.json', { ...backend('one'), resource: { aws_vpc: {} } });
  expect(await current()).toBe(true);
});

test('another backend needs one, also if it comes from an override', async () => {
  await remember();
  await write('backend_override.tf.json', backend('two'));
  expect(await current()).toBe(false);
});

test('a deleted .terraform folder needs one', async () => {
  await remember();
  await rm(join(folder, '.terraform'), { recursive: true });
  expect(await current()).toBe(false);
});
