import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { inMemoryInferenceProvider, inMemoryObjectStore } from '@clarity/domain/testing';
import { askedWeek } from '../../test/asked-week';
import { listening } from '../../test/log-lines';
import { invocationListener } from './invocations';

const { counts: written, ...about } = askedWeek() as { counts: (number | null)[] };
const json = JSON.stringify(askedWeek());
const attributes = { 'x-amzn-sagemaker-custom-attributes': JSON.stringify(about) };

let server: Server;
let origin: string;
beforeAll(async () => {
  const inference = inMemoryInferenceProvider();
  const objects = inMemoryObjectStore('data');
  const { log } = listening();
  server = createServer(invocationListener({ inference: () => inference, objects, most: 2, log }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function invoke(body: string | Buffer, headers: Record<string, string>) {
  const bytes = new Uint8Array(Buffer.from(body));
  const response = await fetch(`${origin}/invocations`, { method: 'POST', body: bytes, headers });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

function float32(): Buffer {
  const bytes = Buffer.alloc(4 * written.length);
  written.forEach((count, minute) => bytes.writeFloatLE(count ?? NaN, 4 * minute));
  return bytes;
}

function uint16(): Buffer {
  const bytes = Buffer.alloc(2 * written.length);
  written.forEach((count, minute) => bytes.writeUInt16LE(count ?? 65_535, 2 * minute));
  return bytes;
}

test.each<[string, () => string | Buffer, Record<string, string>]>([
  ['no content type', () => json, {}],
  ['JSON with a charset', () => json, { 'content-type': 'application/json; charset=utf-8' }],
  ['compressed JSON', () => gzipSync(json), { 'content-type': 'application/json+gzip' }],
  ['JSON with a content encoding', () => gzipSync(json), { 'content-encoding': 'gzip' }],
  ['f32', float32, { 'content-type': 'application/octet-stream', ...attributes }],
  ['u16', uint16, { 'content-type': 'application/octet-stream', ...attributes }],
  [
    'compressed f32',
    () => gzipSync(float32()),
    { 'content-type': 'application/octet-stream+gzip', ...attributes },
  ],
])('a week as %s gets the same answer', async (_, body, headers) => {
  const { answer } = await invoke(json, { 'content-type': 'application/json' });
  expect(answer).toMatchObject({ quality: { missingMinutes: 10 } });
  expect(await invoke(body(), headers)).toEqual({ status: 200, answer });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['another content type', { 'content-type': 'text/csv' }, /text\/csv is not supported/],
  ['another encoding', { 'content-encoding': 'br' }, /br is not supported/],
])('%s: 415, with what is supported', async (_, headers, reason) => {
  const { status, answer } = await invoke(json, headers);
  expect(status).toBe(415);
  expect(answer).toMatchObject({
    type: 'urn:clarity:problem:unsupported-media-type',
    detail: expect.stringMatching(reason) as string,
  });
  expect(answer['detail']).toContain('application/octet-stream');
});

test('a small body that is large when decompressed: 413', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const { status } = await invoke(bomb, { 'content-type': 'application/json+gzip' });
  expect(status).toBe(413);
});

const binary = { 'content-type': 'application/octet-stream' };
test.each<[string, () => string | Buffer, Record<string, string>, RegExp]>([
  ['bytes that are not gzip', () => json, { 'content-encoding': 'gzip' }, /not gzip/],
  ['counts of another length', () => float32().subarray(4), { ...binary, ...attributes }, /40316/],
  ['counts without the rest of the week', float32, binary, /custom attributes is not JSON/],
])('%s: 400', async (_, body, headers, reason) => {
  const { status, answer } = await invoke(body(), headers);
  expect(status).toBe(400);
  expect(answer['detail']).toMatch(reason);
});

test('/ping answers with a query too', async () => {
  expect((await fetch(`${origin}/ping?x`)).status).toBe(200);
});

test.each([
  ['a field too many', { ...askedWeek(), userId: 'u' }],
  ['a number for a time zone', askedWeek({ timeZone: 5 })],
  ['texts for counts', askedWeek({ counts: written.map(String) })],
])('%s is described by a few places, not by every element', async (_, week) => {
  const { status, answer } = await invoke(JSON.stringify(week), {});
  expect(status).toBe(400);
  expect(JSON.stringify(answer).length).toBeLessThan(1_000);
});
