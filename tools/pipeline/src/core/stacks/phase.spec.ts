import type { Stack } from './manifest';
import { assertBeforeRollout, inPhase } from './phase';

const stack = (name: string): Stack => ({ name, folder: name, dependencies: [] });
const names = [
  'clarity-account',
  ...['foundation', 'data', 'services', 'inference'].map((each) => `clarity-dev-${each}`),
];
const stacks = names.map(stack);
const namesIn = (phase: Parameters<typeof inPhase>[1]) =>
  inPhase(stacks, phase).map(({ name }) => name);

test('a deploy applies neither the account nor what runs the current release', () => {
  expect(namesIn('before-rollout')).toEqual([
    'clarity-dev-foundation',
    'clarity-dev-data',
    'clarity-dev-services',
  ]);
  expect(namesIn('bootstrap')).toEqual(['clarity-account']);
  expect(namesIn('after-rollout')).toEqual(['clarity-dev-inference']);
});

test.each([
  ['clarity-account', /bootstrap/],
  ['clarity-dev-inference', /inference --env/],
])('%s is refused with the verb that applies it', (name, advice) => {
  expect(() => assertBeforeRollout([stack(name)])).toThrow(
    expect.objectContaining({ reason: 'usage', advice: expect.stringMatching(advice) }),
  );
  expect(() => assertBeforeRollout(inPhase(stacks, 'before-rollout'))).not.toThrow();
});
