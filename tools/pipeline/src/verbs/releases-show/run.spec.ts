import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { showRelease } from './run';

const { context } = inMemoryEnvironment({ root: '', history: [releaseOf('v1')] });

test('shows a release as JSON', async () => {
  expect(JSON.parse(await showRelease(context, 'v1'))).toEqual(releaseOf('v1'));
});

test('a release that is not in the ledger is an error', async () => {
  await expect(showRelease(context, 'v9')).rejects.toMatchObject({ reason: 'noRelease' });
});
