import { evaluate, holds, resolve, type Scope } from './evaluate';
import { Expression } from './node';

const scope: Scope = {
  contexts: {
    vars: { ACCOUNTS: '{"dev":"111"}' },
    matrix: { environment: 'dev' },
    needs: { plan: { result: 'failure', outputs: {} }, check: { result: 'success', outputs: {} } },
  },
  functions: { success: () => false, failure: () => true, always: () => true },
};

test('expressions of the workflow files are evaluated as at GitHub', () => {
  expect(evaluate('fromJSON(vars.ACCOUNTS)[matrix.environment]', scope)).toBe('111');
  expect(evaluate("contains(needs.*.result, 'failure')", scope)).toBe(true);
  expect(evaluate("needs.plan.outputs.reviewed == 'true'", scope)).toBe(false);
});

test('an unknown context is an error, not an empty text', () => {
  expect(() => evaluate('secret.TOKEN', scope)).toThrow();
});

test('an if asks for success unless it asks for something else', () => {
  expect(holds(undefined, scope)).toBe(false);
  expect(holds(new Expression("matrix.environment == 'dev'"), scope)).toBe(false);
  expect(holds("always() && needs.plan.result != 'skipped'", scope)).toBe(true);
  expect(holds('failure()', scope)).toBe(true);
});

test('expressions are found anywhere in a text', () => {
  expect(resolve({ a: [new Expression('matrix.environment'), 1] }, scope)).toEqual({
    a: ['dev', 1],
  });
});
