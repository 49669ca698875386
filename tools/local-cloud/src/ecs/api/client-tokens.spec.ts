import { clientTokens } from './client-tokens';

const mismatch = () => new Error('another request');

it('makes a thing once per token, also for two requests at once', async () => {
  const { once } = clientTokens();
  let made = 0;
  const make = () => Promise.resolve((made += 1));
  const ask = (clientToken?: string) => once('RunTask', { clientToken }, make, mismatch);
  expect(await Promise.all([ask('a'), ask('a'), ask('b'), ask(), ask()])).toEqual([1, 1, 2, 3, 4]);
});

it('refuses a token that another request has used', async () => {
  const { once } = clientTokens();
  const requestFor = (count: number) => ({ clientToken: 'a', count });
  const ask = (count: number) =>
    once('RunTask', requestFor(count), () => Promise.resolve(count), mismatch);
  await ask(1);
  await expect(ask(2)).rejects.toThrow('another request');
});

it('lets a request be tried again that failed', async () => {
  const { once } = clientTokens();
  const request = { clientToken: 'a' };
  const fail = () => Promise.reject(new Error('no cluster'));
  await expect(once('RunTask', request, fail, mismatch)).rejects.toThrow('no cluster');
  expect(await once('RunTask', request, () => Promise.resolve(1), mismatch)).toBe(1);
});
