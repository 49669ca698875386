import { Expression } from '../workflow/node';
import { nameOf, unfold } from './matrix';

test('environments one after the other, in the order of the variable', () => {
  const strategy = unfold({
    'fail-fast': true,
    'max-parallel': 1,
    matrix: { environment: ['dev', 'staging', 'prod'] },
  });
  expect(strategy).toMatchObject({ failFast: true, maxParallel: 1 });
  expect(strategy.combinations.map((values) => nameOf('deploy', 'deploy', values))).toEqual([
    'deploy (dev)',
    'deploy (staging)',
    'deploy (prod)',
  ]);
});

test('no matrix is one job under its own name', () => {
  const { combinations } = unfold(undefined);
  expect(combinations.map((values) => nameOf('check', 'check', values))).toEqual(['check']);
});

test('a name with an expression is shown as it is', () => {
  const name = new Expression("format('deploy to {0}', matrix.environment)");
  expect(nameOf(name, 'deploy to dev', { environment: 'dev' })).toBe('deploy to dev');
});

test('refuses what would change the meaning and is not supported', () => {
  expect(() => unfold({ matrix: { os: ['a'], include: [{ os: 'b' }] } })).toThrow('include');
});

test('an expression that does not give a mapping is an error', () => {
  expect(() => unfold({ matrix: ['dev', 'prod'] })).toThrow('matrix must be a mapping.');
});
