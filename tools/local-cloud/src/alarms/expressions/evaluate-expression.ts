import { LocalCloudError } from '../../errors/local-cloud-error';
import type { Expression } from './parse-expression';

/** A value a period, oldest first; undefined if a datapoint is missing. */
export type Series = readonly (number | undefined)[];

/**
 * Metric math over time series of the same length. As in CloudWatch a missing operand, and a
 * division by zero, make a missing datapoint; IF only needs the branch that it takes; true is 1.
 * @param series by metric id
 * @throws LocalCloudError for an id or a function that is not known here
 */
export function evaluateExpression(
  expression: Expression,
  series: ReadonlyMap<string, Series>,
  periods: number,
): Series {
  const evaluate = (each: Expression): Series => evaluateExpression(each, series, periods);
  switch (expression.kind) {
    case 'number':
      return Array.from({ length: periods }, () => expression.value);
    case 'name': {
      const found = series.get(expression.name);
      if (!found) throw new LocalCloudError(`No metric has the id ${expression.name}.`);
      return found;
    }
    case 'negated':
      return evaluate(expression.of).map((value) => (value === undefined ? undefined : -value));
    case 'binary': {
      const [left, right] = [evaluate(expression.left), evaluate(expression.right)];
      return left.map((a, index) => {
        const b = right[index];
        return a === undefined || b === undefined
          ? undefined
          : finite(combine(expression.operator, a, b));
      });
    }
    case 'call':
      return call(expression.name, expression.args, evaluate);
  }
}

function call(
  name: string,
  args: readonly Expression[],
  evaluate: (expression: Expression) => Series,
): Series {
  const [first, second, third] = args;
  if (name === 'IF' && first && second) {
    const [condition, then] = [evaluate(first), evaluate(second)];
    const otherwise = third ? evaluate(third) : undefined;
    return condition.map((value, index) =>
      value === undefined ? undefined : value !== 0 ? then[index] : otherwise?.[index],
    );
  }
  if (name === 'FILL' && first && second) {
    const values = evaluate(first);
    if (second.kind === 'name' && second.name.toUpperCase() === 'REPEAT') return repeated(values);
    const filler = evaluate(second);
    return values.map((value, index) => value ?? filler[index]);
  }
  throw new LocalCloudError(`The embedded AWS does not support the metric-math function ${name}.`);
}

function repeated(values: Series): Series {
  let last: number | undefined;
  return values.map((value) => (last = value ?? last));
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

function combine(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case 'AND':
    case '&&':
      return Number(a !== 0 && b !== 0);
    default:
      return Number(a !== 0 || b !== 0);
  }
}
