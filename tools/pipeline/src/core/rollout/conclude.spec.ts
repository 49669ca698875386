import { statusOfRollouts, worstFailure } from './conclude';
import type { RolloutEnd } from './roll-out';
import type { FailureReason } from '../../errors';

const reportedAt = new Date();
const good: RolloutEnd = { verdict: { kind: 'success' }, reportedAt };
const bad = (reason: FailureReason): RolloutEnd => ({
  verdict: { kind: 'failure', reason, text: `it ${reason}` },
  reportedAt,
});

test('good rollouts are not a failure', () => {
  expect(worstFailure({ api: good, 'ml-worker': good })).toBeUndefined();
  expect(statusOfRollouts({ api: good, 'ml-worker': good })).toBe('SUCCESSFUL');
});

test('one failed rollout fails the release, and the message names its app', () => {
  const ends = { api: good, 'ml-worker': bad('rolledBack') };
  expect(worstFailure(ends)).toMatchObject({
    reason: 'rolledBack',
    message: 'ml-worker: it rolledBack',
  });
  expect(statusOfRollouts(ends)).toBe('ROLLBACK_SUCCESSFUL');
});

test('the exit code of two failures is that of the worse one', () => {
  const ends = { api: bad('rolledBack'), 'ml-worker': bad('rollbackFailed') };
  expect(worstFailure(ends)?.reason).toBe('rollbackFailed');
});
