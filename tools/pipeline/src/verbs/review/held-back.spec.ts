import { releaseOf } from '../../../test/in-memory-environment';
import { heldBack } from './held-back';

const bad = 'b'.repeat(40);
const rollback = {
  ...releaseOf('v3'),
  kind: 'rollback',
  restores: 'v1',
  leaves: bad,
  reason: 'loses samples',
} as const;

test('a commit that contains what was rolled back waits for an approval', async () => {
  await expect(heldBack(rollback, async (commit) => commit === bad)).resolves.toBe(
    'This contains bbbbbbb, which was rolled back (loses samples).',
  );
});

test('a commit without it, and anything after a deploy, does not', async () => {
  await expect(heldBack(rollback, async () => false)).resolves.toBeUndefined();
  await expect(heldBack(releaseOf('v2'), async () => true)).resolves.toBeUndefined();
  await expect(heldBack(undefined, async () => true)).resolves.toBeUndefined();
});
