import { LocalCloudError } from '../../errors/local-cloud-error';

/** A metric-math expression as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** The id of a metric, or a word that a function takes. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negated'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** Binary operators, weakest first; all of them go from left to right. */
const levels: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
];

/**
 * Parses CloudWatch metric math: numbers, metric ids, arithmetic, comparisons, AND, OR, calls.
 * @throws LocalCloudError if the text is something else
 */
export function parseExpression(text: string): Expression {
  const tokens = text.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\w+|[<>=!]=|&&|\|\||\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new LocalCloudError(`Not a metric-math expression that is played here: ${text}`);
  };
  const take = (token: string) => {
    if (tokens[at] !== token) fail();
    at += 1;
  };
  const binary = (level: number): Expression => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (
      let operator = tokens[at];
      operator && operators.includes(operator);
      operator = tokens[at]
    ) {
      at += 1;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
    return left;
  };
  const unary = (): Expression => {
    if (tokens[at] !== '-') return primary();
    at += 1;
    return { kind: 'negated', of: unary() };
  };
  const primary = (): Expression => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(') {
      const inner = binary(0);
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (!/^[A-Za-z_]\w*$/.test(token)) return fail();
    if (tokens[at] !== '(') return { kind: 'name', name: token };
    take('(');
    const args = [binary(0)];
    while (tokens[at] === ',') {
      at += 1;
      args.push(binary(0));
    }
    take(')');
    return { kind: 'call', name: token.toUpperCase(), args };
  };
  const expression = binary(0);
  if (at < tokens.length) fail();
  return expression;
}
