import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeCounts, type InferenceProvider } from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { inMemoryInferenceProvider, inMemoryObjectStore } from '@clarity/domain/testing';
import { askedWeek } from '../../test/asked-week';
import { listening } from '../../test/log-lines';
import { invocationListener } from './invocations';

const inference = inMemoryInferenceProvider();
const objects = inMemoryObjectStore('data');
const { log, lines: logged, said } = listening();
let served: InferenceProvider | undefined = inference;
let server: Server;
let origin: string;

beforeAll(async () => {
  const listener = invocationListener({ inference: () => served, objects, most: 2, log });
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
afterEach(() => {
  served = inference;
  jest.restoreAllMocks();
});

async function invoke(body: unknown, init: RequestInit = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${origin}/invocations`, {
    method: 'POST',
    body: text,
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

async function store(key: string, content: unknown): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(content));
  await objects.put(key, bytes, { contentType: 'application/json' });
  return sha256Of(bytes);
}

test('answers a week with its findings and no id', async () => {
  const { status, answer } = await invoke(askedWeek());
  expect(status).toBe(200);
  expect(Object.keys(answer).toSorted()).toEqual(
    ['embedding', 'from', 'hints', 'metrics', 'model', 'quality', 'schema', 'timeZone'].toSorted(),
  );
  expect(answer).toMatchObject({
    from: '2026-03-02',
    model: { name: 'in-memory', weights: 'synthetic' },
    quality: { minutes: 10_080, missingMinutes: 10 },
    metrics: { sleep: { nights: expect.any(Array) as unknown } },
  });
});

test('counts in base64 say the same as numbers', async () => {
  const { counts } = askedWeek() as { counts: (number | null)[] };
  const base64 = encodeCounts(counts.map((count) => count ?? NaN));
  const numbers = await invoke(askedWeek());
  expect((await invoke(askedWeek({ counts: base64 }))).answer).toEqual(numbers.answer);
});

test('an object is answered as the body it holds', async () => {
  const key = 'inference/inputs/week.json';
  const sha256 = await store(key, askedWeek());
  const direct = await invoke(askedWeek());
  for (const input of [{ key }, { key, sha256, bucket: 'data' }])
    expect(await invoke({ schema: 1, input })).toEqual(direct);
});

const counts = (first: unknown, length = 10_080) => [
  first,
  ...new Array<number>(length - 1).fill(1),
];

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{', /not JSON/],
  ['nothing', '', /not JSON/],
  ['no object', '[]', /malformed/],
  ['an unknown field', askedWeek({ userId: 'u' }), /malformed/],
  ['a week too short', askedWeek({ counts: [1, 2] }), /malformed/],
  ['a negative count', askedWeek({ counts: counts(-1) }), /malformed/],
  ['a count that is not a number', askedWeek({ counts: counts('7') }), /malformed/],
  ['a count beyond f32', askedWeek({ counts: counts(1e300) }), /Minute 0 has Infinity/],
  ['base64 of too little', askedWeek({ counts: 'AAAA' }), /10080 minutes/],
  ['no data', askedWeek({ counts: new Array(10_080).fill(null) }), /No minute/],
  ['a day that is none', askedWeek({ from: '2026-02-30' }), /no such day/],
  ['a zone that is none', askedWeek({ timeZone: 'Europe/Atlantis' }), /no such day/],
  ['another model', askedWeek({ model: 'pat-l' }), /in-memory is served/],
  ['a key elsewhere', { schema: 1, input: { key: 'analyses/1/input.json' } }, /cannot be read/],
  ['a key that climbs', { schema: 1, input: { key: 'inference/../models/a' } }, /cannot be read/],
  ['another bucket', { schema: 1, input: { bucket: 'b', key: 'inference/a' } }, /cannot be read/],
  ['no such object', { schema: 1, input: { key: 'inference/gone' } }, /cannot be read/],
])('%s: 400, with the reason', async (_, body, reason) => {
  const { status, type, answer } = await invoke(body);
  expect({ status, type }).toEqual({
    status: 400,
    type: 'application/problem+json; charset=utf-8',
  });
  expect(answer).toMatchObject({
    type: 'urn:clarity:problem:invalid-input',
    status: 400,
    detail: expect.stringMatching(reason) as string,
  });
});

test('an object that is not what was meant is refused by its hash', async () => {
  await store('inference/inputs/changed.json', askedWeek());
  const input = { key: 'inference/inputs/changed.json', sha256: '0'.repeat(64) };
  const { status, answer } = await invoke({ schema: 1, input });
  expect(status).toBe(400);
  expect(answer['errors']).toMatchObject([{ pointer: '/input/sha256' }]);
});

test('too much, in the body or in the object: 413', async () => {
  const large = askedWeek({ padding: 'x'.repeat(1024 * 1024) });
  expect(await invoke(large)).toMatchObject({ status: 413 });
  // Without a length in advance.
  const stream = new Blob([JSON.stringify(large)]).stream();
  const chunked = { body: stream, duplex: 'half' } as RequestInit;
  expect(await invoke('', chunked)).toMatchObject({ status: 413 });
  await store('inference/inputs/large.json', large);
  const get = jest.spyOn(objects, 'get');
  const input = { key: 'inference/inputs/large.json' };
  expect(await invoke({ schema: 1, input })).toMatchObject({
    status: 413,
    answer: { type: 'urn:clarity:problem:payload-too-large' },
  });
  // The store refuses it, so that nothing of it is read.
  expect(get).toHaveBeenCalledWith(input.key, { mostBytes: 1024 * 1024 });
});

test('does not describe an error that is not the caller’s fault', async () => {
  objects.failNext('unavailable');
  const input = { key: 'inference/inputs/week.json' };
  expect(await invoke({ schema: 1, input })).toMatchObject({ status: 503 });
  jest.spyOn(inference, 'embed').mockRejectedValueOnce(new Error('kernel crashed at 0x7f'));
  const { status, answer } = await invoke(askedWeek());
  expect(status).toBe(500);
  expect(JSON.stringify(answer)).not.toContain('0x7f');
  expect(logged.at(-1)).toMatchObject({
    status: 500,
    err: { message: 'kernel crashed at 0x7f' },
  });
});

test('more at a time than it takes: 503, and room again afterwards', async () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const full = new Promise<void>((resolve) => {
    let begun = 0;
    jest.spyOn(inference, 'embed').mockImplementation(async () => {
      if (++begun === 2) resolve();
      await opened;
      return [new Float32Array(96)];
    });
  });
  const first = [invoke(askedWeek()), invoke(askedWeek())];
  await full;
  expect(await invoke(askedWeek())).toMatchObject({ status: 503 });
  open();
  expect(await Promise.all(first)).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(await invoke(askedWeek())).toMatchObject({ status: 200 });
});

test('a caller who goes away leaves room behind', async () => {
  for (let n = 0; n < 3; n++) {
    const gone = new AbortController();
    const body = new ReadableStream({ start: (controller) => controller.enqueue('{') });
    const begun = new Promise<void>((resolve) => server.once('request', () => resolve()));
    const request = invoke('', { body, duplex: 'half', signal: gone.signal } as RequestInit);
    await begun;
    const noticed = said('caller went away');
    gone.abort();
    await expect(request).rejects.toThrow();
    await noticed;
  }
  expect(await invoke(askedWeek())).toMatchObject({ status: 200 });
});

test('before the model is ready: /ping and invocations answer 503', async () => {
  const ping = async (init?: RequestInit) => (await fetch(`${origin}/ping`, init)).status;
  expect(await ping()).toBe(200);
  served = undefined;
  expect(await ping()).toBe(503);
  expect(await invoke(askedWeek())).toMatchObject({ status: 503 });
  expect(await ping({ method: 'POST' })).toBe(405);
  expect((await fetch(`${origin}/invocations`)).status).toBe(405);
  expect((await fetch(`${origin}/other`)).status).toBe(404);
});
