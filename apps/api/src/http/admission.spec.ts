import { request as open, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { appUnderTest, type AppUnderTest } from '../../test/app-under-test';
import { minuteSamples } from '../../test/fixtures/week-of-minutes';

const MiB = 1024 * 1024;
const batch = Buffer.from(JSON.stringify({ samples: minuteSamples(0, 1_000) }));

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The app on a port, with room for one large body at a time. */
async function listening() {
  const test = await appUnderTest({ bodyBudgetBytes: 1 });
  const ada = await test.signUp('ada@example.org');
  await test.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = test.app.server.address() as AddressInfo;
  const post = (path: string, headers: object): { out: ClientRequest; answer: Promise<Answer> } => {
    const out = open({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${ada.accessToken}`,
        'content-type': 'application/json',
        ...headers,
      },
    });
    const answer = new Promise<Answer>((resolve, reject) => {
      out.on('error', reject);
      out.on('response', (response) => {
        const { statusCode: status, headers } = response;
        text(response).then((body) => resolve({ status, headers, body }), reject);
      });
    });
    answer.catch(() => undefined);
    return { out, answer };
  };
  const upload = (headers: object) => post('/v1/samples:batch', headers);
  return { ...test, port, token: ada.accessToken, post, upload };
}

/** An upload that stays in flight. */
async function unfinished({ upload }: { upload: (headers: object) => { out: ClientRequest } }) {
  const { out } = upload({ 'content-length': batch.length });
  out.write(batch.subarray(0, 100));
  await wait(50);
  return out;
}

function requestLines({ logs }: Pick<AppUnderTest, 'logs'>): string[] {
  return logs.filter((line) => line.includes('"status":503'));
}

describe('a body that does not fit in memory', () => {
  let test: Awaited<ReturnType<typeof listening>>;
  beforeEach(async () => {
    test = await listening();
  });
  afterEach(() => test.app.close());

  it('is refused in full view of a client that is still sending it, and costs one line', async () => {
    const first = await unfinished(test);
    const socket = connect(test.port, '127.0.0.1');
    socket.write(`POST /v1/samples:batch HTTP/1.1\r\nhost: x\r\ncontent-length: ${8 * MiB}\r\n`);
    socket.write(`content-type: application/json\r\nauthorization: Bearer ${test.token}\r\n\r\n`);
    socket.write(Buffer.alloc(8 * MiB, 'x'));
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 503 /);
    expect(head).toMatch(/\r\nretry-after: 5\r\n/);
    expect(head).toMatch(/\r\nconnection: close\r\n/);
    expect(head).toMatch(/\r\ncontent-type: application\/problem\+json; charset=utf-8\r\n/);
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:clarity:problem:unavailable' });
    await wait(50);
    expect(requestLines(test)).toHaveLength(1);
    expect(requestLines(test)[0]).not.toContain('stack');
    expect(requestLines(test)[0]?.length).toBeLessThan(500);
    first.destroy();
  });

  it('is answered before it was sent', async () => {
    const first = await unfinished(test);
    const { out, answer } = test.upload({ 'content-length': 8 * MiB });
    out.flushHeaders();
    const { status } = await answer;
    expect(status).toBe(503);
    out.destroy();
    first.destroy();
  });

  it('is not even sent by a client that expects to be asked for it', async () => {
    const first = await unfinished(test);
    const headers = { 'content-length': batch.length, expect: '100-continue' };
    const refused = test.upload(headers);
    let isAsked = false;
    refused.out.on('continue', () => (isAsked = true));
    refused.out.flushHeaders();
    expect([(await refused.answer).status, isAsked]).toEqual([503, false]);
    refused.out.destroy();
    first.destroy();
    await wait(50);
    const taken = test.upload(headers);
    taken.out.on('continue', () => taken.out.end(batch));
    taken.out.flushHeaders();
    expect((await taken.answer).status).toBe(200);
  });

  it.each([
    ['of unknown length', { 'transfer-encoding': 'chunked' }],
    ['of unknown size when unpacked', { 'content-encoding': 'gzip', 'content-length': 100 }],
  ])('may be one %s', async (_what, headers) => {
    const first = await unfinished(test);
    const { out, answer } = test.upload(headers);
    out.flushHeaders();
    expect((await answer).status).toBe(503);
    out.destroy();
    first.destroy();
  });

  it('fits once the one before it was answered, or its client is gone', async () => {
    for (let i = 0; i < 3; i++) {
      const { out, answer } = test.upload({ 'content-length': batch.length });
      out.end(batch);
      expect((await answer).status).toBe(200);
      const gone = await unfinished(test);
      gone.destroy();
      await wait(50);
    }
  });

  it('leaves room for small ones', async () => {
    const first = await unfinished(test);
    const { out, answer } = test.post('/v1/analyses', {});
    out.end('{}');
    expect((await answer).status).toBe(400);
    first.destroy();
  });
});

it('a refusal is logged with its status although the client does not wait for the end', async () => {
  const test = await listening();
  try {
    const { out, answer } = test.upload({ 'content-length': 9 * MiB });
    out.write('x');
    const { headers } = await answer;
    out.destroy();
    await wait(50);
    const lines = test.logs.filter((line) => line.includes(String(headers['x-request-id'])));
    expect(lines).toEqual([expect.stringContaining('"status":413')]);
  } finally {
    await test.app.close();
  }
});

it.each([
  ['too large', '/v1/samples:batch', 413],
  ['sent to no address', '/v1/nothing', 404],
])('a body that is %s is refused without a reset', async (_what, path, status) => {
  const test = await listening();
  try {
    const { out, answer } = test.post(path, { 'content-length': 9 * MiB });
    out.write(Buffer.alloc(7 * MiB));
    expect((await answer).status).toBe(status);
    out.destroy();
  } finally {
    await test.app.close();
  }
});

it('a page counts with what it takes up, so that many at once do not fill the memory', async () => {
  const { app, cloud, signUp } = await appUnderTest({ bodyBudgetBytes: 4 * MiB });
  const ada = await signUp('ada@example.org');
  cloud.healthData.slowDown(100);
  const page = (limit: number) =>
    ada.request({
      url: '/v1/samples',
      query: {
        type: 'mood',
        from: '2025-03-03T00:00:00Z',
        to: '2025-03-04T00:00:00Z',
        limit: String(limit),
      },
    });
  const answers = await Promise.all([page(5_000), page(5_000), page(10)]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 503, 200]);
  expect(Number(answers[1]?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await page(5_000)).statusCode).toBe(200);
  await app.close();
});
