import { waitBeforeRetry } from './retry';

const failed = (status: number, headers: Record<string, string> = {}, message = '') => ({
  status,
  answered: true,
  headers,
  message,
});

test('waits for a primary limit until it is reset', () => {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1000' };
  expect(waitBeforeRetry(failed(403, headers), 1, { now: 990_000 })).toBe(10_000);
});

test('gives up if the limit lasts longer than a runner should wait', () => {
  expect(waitBeforeRetry(failed(429, { 'retry-after': '3600' }), 1)).toBeUndefined();
});

test.each([401, 403, 404, 409, 422])('does not retry %i', (status) => {
  expect(waitBeforeRetry(failed(status), 1)).toBeUndefined();
});

test('runs that failed together do not retry together', () => {
  const wait = (random: number) => waitBeforeRetry(failed(500), 3, { random });
  expect([wait(0), wait(1)]).toEqual([2_000, 6_000]);
});
