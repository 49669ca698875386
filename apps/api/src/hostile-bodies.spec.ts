import fc from 'fast-check';
import { appUnderTest } from '../test/app-under-test';
import { minuteSample, monday } from '../test/fixtures/week-of-minutes';

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
