import { invalid } from '../dynamo-error';
import { compareValues, sameValue, type Item, type Value } from '../item';
import type { Placeholders } from './placeholders';
import { tokenReader, type TokenReader } from './token-reader';

export type Condition = (item: Item) => boolean;
type Operand = (item: Item) => Value | undefined;
type Comparison = (left: Value | undefined, right: Value | undefined) => boolean;

const holds =
  (accepts: (order: number) => boolean): Comparison =>
  (left, right) => {
    const order = left && right && compareValues(left, right);
    return order !== undefined && accepts(order);
  };

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': (left, right) => left !== undefined && sameValue(left, right),
  '<>': (left, right) => left === undefined || !sameValue(left, right),
  '<': holds((order) => order < 0),
  '<=': holds((order) => order <= 0),
  '>': holds((order) => order > 0),
  '>=': holds((order) => order >= 0),
};

/**
 * A condition, filter or key condition expression; attributes are top-level ones.
 * @throws DynamoError ValidationException for what it does not support, too
 */
export function parseCondition(expression: string, placeholders: Placeholders): Condition {
  const reader = tokenReader(expression);
  const condition = disjunction(reader, placeholders);
  reader.expectEnd();
  return condition;
}

function disjunction(reader: TokenReader, placeholders: Placeholders): Condition {
  const any = [conjunction(reader, placeholders)];
  while (reader.accept('OR')) any.push(conjunction(reader, placeholders));
  return (item) => any.some((each) => each(item));
}

function conjunction(reader: TokenReader, placeholders: Placeholders): Condition {
  const all = [negation(reader, placeholders)];
  while (reader.accept('AND')) all.push(negation(reader, placeholders));
  return (item) => all.every((each) => each(item));
}

function negation(reader: TokenReader, placeholders: Placeholders): Condition {
  if (reader.accept('NOT')) {
    const negated = negation(reader, placeholders);
    return (item) => !negated(item);
  }
  if (reader.accept('(')) {
    const inner = disjunction(reader, placeholders);
    reader.expect(')');
    return inner;
  }
  const token = reader.next();
  if (token !== 'size' && reader.accept('(')) return functionCall(token, reader, placeholders);
  return comparison(operand(token, reader, placeholders), reader, placeholders);
}

function functionCall(name: string, reader: TokenReader, placeholders: Placeholders): Condition {
  const attribute = placeholders.name(reader.next());
  const argument = reader.accept(',') ? operand(reader.next(), reader, placeholders) : undefined;
  reader.expect(')');
  if (name === 'attribute_exists' && !argument) return (item) => item[attribute] !== undefined;
  if (name === 'attribute_not_exists' && !argument) return (item) => item[attribute] === undefined;
  if (name === 'begins_with' && argument)
    return (item) => startsWith(item[attribute], argument(item));
  if (name === 'contains' && argument) return (item) => contains(item[attribute], argument(item));
  throw invalid(`Invalid expression: the function ${name} is not supported like this`);
}

function comparison(left: Operand, reader: TokenReader, placeholders: Placeholders): Condition {
  const next = () => operand(reader.next(), reader, placeholders);
  if (reader.accept('BETWEEN')) {
    const low = next();
    reader.expect('AND');
    const high = next();
    const [atLeast, atMost] = [compare('>='), compare('<=')];
    return (item) => atLeast(left(item), low(item)) && atMost(left(item), high(item));
  }
  if (reader.accept('IN')) {
    reader.expect('(');
    const choices = [next()];
    while (reader.accept(',')) choices.push(next());
    reader.expect(')');
    const equal = compare('=');
    return (item) => choices.some((choice) => equal(left(item), choice(item)));
  }
  const compared = compare(reader.next());
  const right = next();
  return (item) => compared(left(item), right(item));
}

function compare(operator: string): Comparison {
  const found = comparisons[operator];
  if (!found) throw invalid(`Invalid expression: unexpected ${operator}`);
  return found;
}

function operand(token: string, reader: TokenReader, placeholders: Placeholders): Operand {
  if (token.startsWith(':')) {
    const value = placeholders.value(token);
    return () => value;
  }
  const measured = token === 'size' && reader.accept('(');
  const attribute = placeholders.name(measured ? reader.next() : token);
  if (!measured) return (item) => item[attribute];
  reader.expect(')');
  return (item) => sizeOf(item[attribute]);
}

function sizeOf({ S, B, ...other }: Value = {}): Value | undefined {
  if (S !== undefined) return { N: String(S.length) };
  if (B !== undefined) return { N: String(Buffer.byteLength(B, 'base64')) };
  const elements = other.SS ?? other.NS ?? other.BS ?? other.L ?? (other.M && Object.keys(other.M));
  return elements && { N: String(elements.length) };
}

function startsWith(value: Value | undefined, prefix: Value | undefined): boolean {
  if (value?.S !== undefined && prefix?.S !== undefined) return value.S.startsWith(prefix.S);
  if (value?.B === undefined || prefix?.B === undefined) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: Value | undefined, part: Value | undefined): boolean {
  if (!value || !part) return false;
  if (part.S !== undefined)
    return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? inList(value, part);
  return (part.N !== undefined && value.NS?.includes(part.N)) || inList(value, part);
}

function inList({ L = [] }: Value, part: Value): boolean {
  return L.some((each) => sameValue(each, part));
}
