import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHere } from './running';

let image: string;
beforeEach(() => (image = mkdtempSync(join(tmpdir(), 'cuda-'))));
afterEach(() => rmSync(image, { recursive: true, force: true }));

function library(folder: string, file: string, link: string) {
  mkdirSync(join(image, folder), { recursive: true });
  writeFileSync(join(image, folder, file), file);
  symlinkSync(file, join(image, folder, link));
}

test('libraries come under the name that the loader asks for, each once', () => {
  const toolkit = 'usr/local/cuda-12.9/targets/x86_64-linux/lib';
  library(toolkit, 'libcublas.so.12.9.1', 'libcublas.so.12');
  library(toolkit, 'libnvrtc-builtins.so.12.9.86', 'libnvrtc-builtins.so.12.9');
  library(toolkit, 'libnppc.so.12.4', 'libnppc.so.12');
  library('usr/lib/x86_64-linux-gnu', 'libcudnn_graph.so.9.10.2', 'libcudnn_graph.so.9');
  library('usr/lib/x86_64-linux-gnu', 'libapt-pkg.so.6.0', 'libapt-pkg.so.6');
  const layer = join(image, 'layer');
  expect(runHere('copy-cuda-libraries.mjs', '--from', image, '--to', layer).code).toBe(0);
  const copied = join(layer, 'usr/local/cuda/lib64');
  expect(readdirSync(copied)).toEqual([
    'libcublas.so.12',
    'libcudnn_graph.so.9',
    'libnvrtc-builtins.so.12.9',
  ]);
  expect(readFileSync(join(copied, 'libcublas.so.12'), 'utf8')).toBe('libcublas.so.12.9.1');
});

test('an image without CUDA 12 ends the build with a sentence', () => {
  mkdirSync(join(image, 'usr/local/cuda-11.8'), { recursive: true });
  expect(runHere('copy-cuda-libraries.mjs', '--from', image, '--to', image)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no CUDA 12'),
  });
});
