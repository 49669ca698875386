import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';

const library = (text: string) => new TextEncoder().encode(text);
const native = 'runtimes/linux-x64/native';
const archive = zipSync({
  [`${native}/libonnxruntime_providers_cuda.so`]: library('cuda'),
  [`${native}/libonnxruntime_providers_shared.so`]: library('shared'),
  [`${native}/libonnxruntime_providers_tensorrt.so`]: library('tensorrt'),
});
const checksum = createHash('sha256').update(archive).digest('hex');

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provider-'));
  server = createServer((_, response) => response.end(archive)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function fetchTo(to: string, sha256: string) {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/package`;
  const program = join(__dirname, 'fetch-cuda-provider.mjs');
  const child = spawn(process.execPath, [program, '--to', to, '--sha256', sha256, '--url', url]);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, said };
}

test('the two libraries are unpacked, of a package that is the one that was pinned', async () => {
  const to = join(folder, 'provider');
  await expect(fetchTo(to, checksum)).resolves.toMatchObject({ code: 0 });
  expect(readdirSync(to)).toEqual([
    'libonnxruntime_providers_cuda.so',
    'libonnxruntime_providers_shared.so',
  ]);
  expect(readFileSync(join(to, 'libonnxruntime_providers_cuda.so'), 'utf8')).toBe('cuda');
});

test('another package is refused and leaves nothing', async () => {
  const to = join(folder, 'provider');
  const { code, said } = await fetchTo(to, '0'.repeat(64));
  expect(code).toBe(1);
  expect(said).toContain(checksum);
  expect(existsSync(to)).toBe(false);
});

test('without a checksum nothing is fetched', async () => {
  const { code, said } = await fetchTo(join(folder, 'provider'), '');
  expect(code).toBe(2);
  expect(said).toContain('ONNXRUNTIME_CUDA_SHA256');
});
