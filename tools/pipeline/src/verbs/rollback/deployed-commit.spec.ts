import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import type { Release } from '../../core/releases/release';
import { deployedCommit } from './deployed-commit';

const commit = (letter: string) => letter.repeat(40);
const of = (history: readonly Release[]) =>
  deployedCommit(inMemoryEnvironment({ root: '', history }).context);

test('is that of the last deploy that succeeded, whatever was rolled back since', async () => {
  const history: readonly Release[] = [
    releaseOf(commit('a')),
    releaseOf(commit('b')),
    releaseOf(commit('c'), 'ROLLBACK_SUCCESSFUL'),
    { ...releaseOf(commit('a')), kind: 'rollback' },
  ];
  await expect(of(history)).resolves.toBe(commit('b'));
});

test.each([[[]], [[releaseOf('unversioned')]], [[releaseOf(`${commit('a')}-dirty`)]]])(
  'there is none of %j',
  async (history) => {
    await expect(of(history)).resolves.toBeUndefined();
  },
);
