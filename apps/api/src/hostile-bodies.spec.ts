import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { appUnderTest, wednesday, type User } from '../test/app-under-test';
import { minuteSample, monday } from '../test/fixtures/week-of-minutes';
import { hostileBodies, honestBatch } from '../test/load/bodies';

const posts = [
  '/v1/auth/register',
  '/v1/auth/confirm',
  '/v1/auth/login',
  '/v1/auth/refresh',
  '/v1/samples:batch',
  '/v1/analyses',
];

/** Anything, and things that look right until one looks closer. */
const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('', '0', -0, 1e308, '\u0000', '9999-12-31'));
const sample = fc.record(
  Object.fromEntries(
    Object.entries(minuteSample(0)).map(([field, value]) => [
      field,
      fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, odd),
    ]),
  ),
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.jsonValue(),
  fc.record({ samples: fc.array(fc.oneof(sample, odd), { maxLength: 5 }) }),
  fc.record(
    {
      from: fc.oneof(fc.constant(monday), odd),
      timeZone: fc.oneof(fc.constantFrom('UTC', 'Etc/GMT+14', 'a/b', 'GMT0'), odd),
      countScaling: odd,
    },
    { requiredKeys: [] },
  ),
  fc.record({ email: odd, password: odd, code: odd, refreshToken: odd }, { requiredKeys: [] }),
);

it('no JSON body, query or header makes the service fail', async () => {
  const { signUp } = await appUnderTest();
  const ada = await signUp();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...posts), body, odd, async (url, payload, key) => {
      const answer = await ada.request({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          traceparent: encodeURIComponent(JSON.stringify(key)),
          'x-request-id': encodeURIComponent(JSON.stringify(key)).slice(0, 200),
        },
        payload: JSON.stringify(payload),
      });
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.body.length).toBeLessThan(10_000);
    }),
    { numRuns: 400 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/v1/samples', '/v1/analyses'),
      fc.dictionary(
        fc.constantFrom('type', 'from', 'to', 'limit', 'cursor', 'x'),
        fc.oneof(fc.string(), fc.constantFrom('mood', '2025-03-03T00:00:00Z', '7', 'a.b')),
      ),
      async (url, query) => {
        const answer = await ada.request({ url, query });
        expect(answer.statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: 200 },
  );
});

const MiB = 1024 * 1024;

function upload(user: User, payload: Buffer, packed = false) {
  return user.request({
    method: 'POST',
    url: '/v1/samples:batch',
    headers: {
      'content-type': 'application/json',
      ...(packed && { 'content-encoding': 'gzip' }),
    },
    payload,
  });
}

describe.each(hostileBodies(8 * MiB))('8 MB of hostility: $name', ({ body, packed }) => {
  // Each once took seconds or minutes; Jest's own limit is a bound that a busy machine keeps.
  it('gets a short answer', async () => {
    const { signUp } = await appUnderTest();
    const answer = await upload(await signUp(), body, packed);
    expect([200, 400, 413]).toContain(answer.statusCode);
    expect(answer.body.length).toBeLessThan(10_000);
  });
});

it('one sample, or the frame, with as many unknown fields as pass gets a short answer', async () => {
  const { signUp } = await appUnderTest();
  const ada = await signUp();
  const fields = Array.from({ length: 119_000 }, (_, i) => `"${i}":0`).join();
  for (const body of [`{"samples":[{${fields}}]}`, `{${fields}}`]) {
    const answer = await upload(ada, Buffer.from(body));
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body.length).toBeLessThan(10_000);
  }
});

it('large bodies that arrive at once are parsed in as many turns of the event loop', async () => {
  const { signUp } = await appUnderTest();
  const ada = await signUp();
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn++;
    if (!isOver) setImmediate(count);
  };
  count();
  const turns: number[] = [];
  const parse = JSON.parse;
  const spy = jest.spyOn(JSON, 'parse').mockImplementation((text: string) => {
    if (text.length > MiB / 2) turns.push(turn);
    return parse(text);
  });
  try {
    const body = honestBatch(MiB, wednesday);
    await Promise.all(Array.from({ length: 8 }, () => upload(ada, body)));
  } finally {
    spy.mockRestore();
    isOver = true;
  }
  expect(turns).toHaveLength(8);
  expect(new Set(turns).size).toBe(8);
});

it('a packed batch is stored as the plain one is', async () => {
  const { signUp } = await appUnderTest();
  const ada = await signUp();
  const batch = honestBatch(1 * MiB, wednesday);
  const first = await upload(ada, gzipSync(batch), true);
  const again = await upload(ada, batch);
  expect(first.json().created).toBeGreaterThan(1_000);
  expect(again.json().duplicates).toBe(first.json().created);
});
