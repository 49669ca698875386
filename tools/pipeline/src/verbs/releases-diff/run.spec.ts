import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { compareReleases } from './run';

const history = [releaseOf('v1'), releaseOf('v2')];
const { context } = inMemoryEnvironment({ root: '', history });

test('shows what differs between two releases, and nothing else', async () => {
  await expect(compareReleases(context, 'v1', 'v2')).resolves.toBe(
    [
      'commit: v1 → v2',
      'api task definition: api:v1 → api:v2',
      'ml-worker task definition: ml-worker:v1 → ml-worker:v2',
    ].join('\n'),
  );
  await expect(compareReleases(context, 'v1', 'v1')).resolves.toBe('They run the same.');
});

test('a release that is not in the ledger is an error', async () => {
  await expect(compareReleases(context, 'v1', 'v9')).rejects.toMatchObject({ reason: 'noRelease' });
});
