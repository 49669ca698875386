import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { listReleases, listReleasesAsJson } from './run';

test('lists releases newest first, with the current one marked', async () => {
  const history = [releaseOf('v1'), releaseOf('v2'), releaseOf('v3', 'ROLLBACK_SUCCESSFUL')];
  const { context } = inMemoryEnvironment({ root: '', history });
  expect((await listReleases(context, 2)).split('\n')).toEqual([
    '  v3  ROLLBACK_SUCCESSFUL  deploy by ada',
    '* v2  SUCCESSFUL           deploy by ada',
  ]);
});

test('reports an environment without releases', async () => {
  const { context } = inMemoryEnvironment({ root: '' });
  await expect(listReleases(context, 20)).resolves.toBe('dev has no releases yet.');
});

test('lists whole releases for programs', async () => {
  const { context } = inMemoryEnvironment({ root: '', history: [releaseOf('v1')] });
  expect(JSON.parse(await listReleasesAsJson(context, 20))).toEqual([
    { ...releaseOf('v1'), isCurrent: true },
  ]);
  const empty = inMemoryEnvironment({ root: '' });
  await expect(listReleasesAsJson(empty.context, 20)).resolves.toBe('[]');
});
