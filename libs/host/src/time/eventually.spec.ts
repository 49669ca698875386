import { eventually } from './eventually';

const quick = { limitMs: 50, pauseMs: 10, what: 'the answer' };

it('asks until there is an answer, after any failures', async () => {
  let asked = 0;
  const ask = async () => {
    asked++;
    if (asked === 1) throw new Error('too early');
    return asked < 3 ? undefined : 'here';
  };
  await expect(eventually(ask, { ...quick, limitMs: 5_000 })).resolves.toBe('here');
  expect(asked).toBe(3);
});

it('names what did not come, and why', async () => {
  const ask = async () => {
    throw new Error('connection refused');
  };
  await expect(eventually(ask, quick)).rejects.toThrow(
    'the answer did not come within 0.05 s (connection refused)',
  );
});

it('stops with the reason of an abort', async () => {
  const signal = AbortSignal.abort(new Error('interrupted'));
  await expect(eventually(async () => undefined, { ...quick, signal })).rejects.toThrow(
    'interrupted',
  );
});
