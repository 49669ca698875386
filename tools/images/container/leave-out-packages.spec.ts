import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runHere } from './running';

const root = resolve(__dirname, '../../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leave-out-'));
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(root, name), join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

test('what the infrastructure and the checks need stays out, in the lock as in the manifest', () => {
  expect(runHere('leave-out-packages.mjs', folder).code).toBe(0);
  const manifest = read('package.json');
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(names).toEqual(expect.arrayContaining(['fastify', 'onnxruntime-node', 'nx', 'esbuild']));
  expect(names.filter((name) => /cdktf|eslint|jest/.test(name))).toEqual([]);
  const locked = read('package-lock.json').packages[''];
  expect(locked.dependencies).toEqual(manifest.dependencies);
  expect(locked.devDependencies).toEqual(manifest.devDependencies);
});
