import { selectStacks } from './manifest';
import { testStack } from '../../../test/test-stack';

const stacks = ['clarity-account', 'clarity-dev-data', 'clarity-dev-services'].map((name) =>
  testStack(name),
);

test('selects stacks by the last part of their names', () => {
  expect(selectStacks(stacks, ['data', 'account']).map(({ name }) => name)).toEqual([
    'clarity-account',
    'clarity-dev-data',
  ]);
});

test('selects all stacks if no name is given', () => {
  expect(selectStacks(stacks, [])).toEqual(stacks);
});

test('a misspelt name is an error that lists the existing ones', () => {
  expect(() => selectStacks(stacks, ['dta'])).toThrow(
    expect.objectContaining({
      message: 'No stack is named dta.',
      advice: expect.stringContaining('clarity-dev-data'),
    }),
  );
});
