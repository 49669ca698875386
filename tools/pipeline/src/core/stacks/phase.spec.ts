import type { Phase, Stack } from './manifest';
import { assertBeforeRollout, inPhase } from './phase';

const stack = (name: string, phase: Phase = 'before-rollout'): Stack => ({
  name,
  phase,
  folder: name,
  dependencies: [],
});
const stacks = [
  stack('account', 'bootstrap'),
  stack('data'),
  stack('services'),
  stack('inference', 'after-rollout'),
];

test('a deploy applies neither the account nor what runs the current release', () => {
  expect(inPhase(stacks, 'before-rollout').map(({ name }) => name)).toEqual(['data', 'services']);
});

test.each([
  ['bootstrap', /bootstrap --account/],
  ['after-rollout', /inference --env/],
] as const)('a stack of the phase %s is refused with the verb that applies it', (phase, advice) => {
  expect(() => assertBeforeRollout(inPhase(stacks, phase))).toThrow(
    expect.objectContaining({ reason: 'usage', advice: expect.stringMatching(advice) }),
  );
  expect(() => assertBeforeRollout(inPhase(stacks, 'before-rollout'))).not.toThrow();
});
