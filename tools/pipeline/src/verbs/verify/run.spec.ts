import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { verifyRelease } from './run';

const { context, lines } = inMemoryEnvironment({
  root: '',
  history: [releaseOf('v1'), releaseOf('v2')],
});

test('the current release is verified unless another is named', async () => {
  await verifyRelease(context, undefined);
  await verifyRelease(context, 'v1');
  expect(lines.filter((line) => line.startsWith('verify'))).toEqual(['verify v2', 'verify v1']);
});

test('everything that is missing is reported, of every app', async () => {
  const lacking = {
    ...context,
    missingFor: async (app: string) => [`There is no role of ${app}.`, 'The secret key is gone.'],
  };
  await expect(verifyRelease(lacking, 'v1')).rejects.toMatchObject({ reason: 'noRelease' });
  expect(lines.slice(-4).toSorted()).toEqual([
    'api: The secret key is gone.',
    'api: There is no role of api.',
    'ml-worker: The secret key is gone.',
    'ml-worker: There is no role of ml-worker.',
  ]);
});

test('a release that is not in the ledger is an error', async () => {
  await expect(verifyRelease(context, 'v9')).rejects.toMatchObject({ reason: 'noRelease' });
});
