import fc from 'fast-check';
import { evaluateExpression, type Series } from './evaluate-expression';
import { parseExpression, type Expression } from './parse-expression';

const evaluate = (text: string, series: Readonly<Record<string, Series>>) =>
  evaluateExpression(parseExpression(text), new Map(Object.entries(series)), 4);

// As infra/src/constructs/observability/service-metrics.ts has them.
it('gives the share of failed requests, and 0 if there are few', () => {
  const expression = 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)';
  const requests = [100, 19, undefined, 50];
  expect(evaluate(expression, { requests, errors: [10, 19, undefined, undefined] })).toEqual([
    10,
    0,
    undefined,
    0,
  ]);
});

it('adds up what is silent while all is well', () => {
  const series = { getItem: [1, undefined, 2, undefined], putItem: [undefined, undefined, 3, 4] };
  expect(evaluate('FILL(getItem, 0) + FILL(putItem, 0)', series)).toEqual([1, 0, 5, 4]);
  expect(evaluate('FILL(getItem, REPEAT)', series)).toEqual([1, 1, 2, 2]);
});

it('has no datapoint if one is missing, or if it would divide by zero', () => {
  const series = { a: [1, undefined, 6, 0], b: [0, 2, 3, 5] };
  expect(evaluate('a / b', series)).toEqual([undefined, undefined, 2, 0]);
});

it.each(['', '1 +', '(1', 'IF(a', 'a b', 'SEARCH("x")', '1 ; 2'])('refuses %p', (text) => {
  expect(() => parseExpression(text)).toThrow('Not a metric-math expression');
});
it('refuses what it does not know', () => {
  expect(() => evaluate('RATE(a)', { a: [1] })).toThrow(
    'does not support the metric-math function RATE',
  );
  expect(() => evaluate('b', { a: [1] })).toThrow('No metric has the id b');
});

const operators = ['OR', 'AND', '<', '>=', '==', '+', '-', '*', '/'] as const;
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.nat(9).map((value): Expression => ({ kind: 'number', value })),
    fc.constantFrom('a', 'b').map((name): Expression => ({ kind: 'name', name })),
    tie('tree').map((of): Expression => ({ kind: 'negated', of })),
    fc
      .tuple(fc.constantFrom(...operators), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
    fc
      .tuple(tie('tree'), tie('tree'), tie('tree'))
      .map((args): Expression => ({ kind: 'call', name: 'IF', args })),
  ),
}));
const strength: Readonly<Record<string, number>> = {
  OR: 0,
  AND: 1,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
};
const strengthOf = (operator: string) => strength[operator] ?? 2;

/** With no more parentheses than it needs. */
function print(expression: Expression, outer = -1): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'negated':
      return `-${print(expression.of, 9)}`;
    case 'call':
      return `${expression.name}(${expression.args.map((each) => print(each)).join(', ')})`;
    case 'binary': {
      const { operator, left, right } = expression;
      const own = strengthOf(operator);
      const text = `${print(left, own - 1)} ${operator} ${print(right, own)}`;
      return own <= outer ? `(${text})` : text;
    }
  }
}

it('reads every expression as it was meant', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      expect(parseExpression(print(expression))).toEqual(expression);
    }),
  );
});
