import { invalid } from '../dynamo-error';
import type { Item, Value } from '../item';
import type { Placeholders } from './placeholders';
import { tokenReader, type TokenReader } from './token-reader';

type Operand = (item: Item) => Value;
/** New values of attributes; undefined removes one. */
type Change = readonly [attribute: string, value: (item: Item) => Value | undefined];

/**
 * An update expression of SET, REMOVE and ADD (of numbers) on top-level attributes.
 * @returns the item after the update; every operand reads the item before it
 * @throws DynamoError ValidationException for what it does not support, too
 */
export function parseUpdate(expression: string, placeholders: Placeholders): (item: Item) => Item {
  const reader = tokenReader(expression);
  const changes: Change[] = [];
  while (reader.peek() !== undefined) {
    const change = clause(reader.next());
    do changes.push(change(reader, placeholders));
    while (reader.accept(','));
  }
  expectOnePerAttribute(changes);
  return (item) => {
    const values = changes.map(([name, value]) => [name, value(item)] as const);
    return Object.fromEntries(
      Object.entries({ ...item, ...Object.fromEntries(values) }).filter(
        (entry): entry is [string, Value] => entry[1] !== undefined,
      ),
    );
  };
}

function expectOnePerAttribute(changes: readonly Change[]): void {
  const names = changes.map(([name]) => name);
  if (new Set(names).size < names.length)
    throw invalid('Invalid UpdateExpression: two changes of one attribute overlap');
  if (names.some((name) => name === 'pk' || name === 'sk'))
    throw invalid('Cannot update attribute: it is part of the key');
}

function clause(keyword: string): (reader: TokenReader, placeholders: Placeholders) => Change {
  if (keyword === 'SET') return set;
  if (keyword === 'REMOVE')
    return (reader, placeholders) => [placeholders.name(reader.next()), () => undefined];
  if (keyword === 'ADD') return add;
  throw invalid(`Invalid UpdateExpression: ${keyword} is not supported`);
}

function set(reader: TokenReader, placeholders: Placeholders): Change {
  const attribute = placeholders.name(reader.next());
  reader.expect('=');
  const left = operand(reader, placeholders);
  for (const [sign, factor] of [
    ['+', 1],
    ['-', -1],
  ] as const)
    if (reader.accept(sign)) {
      const right = operand(reader, placeholders);
      return [attribute, (item) => sum(left(item), right(item), factor)];
    }
  return [attribute, left];
}

function add(reader: TokenReader, placeholders: Placeholders): Change {
  const attribute = placeholders.name(reader.next());
  const addend = placeholders.value(reader.next());
  return [attribute, (item) => sum(item[attribute] ?? { N: '0' }, addend, 1)];
}

function sum({ N: left }: Value, { N: right }: Value, factor: 1 | -1): Value {
  if (left === undefined || right === undefined)
    throw invalid('An operand in the update expression has an incorrect data type');
  return { N: String(Number(left) + factor * Number(right)) };
}

function operand(reader: TokenReader, placeholders: Placeholders): Operand {
  const token = reader.next();
  if (token.startsWith(':')) {
    const value = placeholders.value(token);
    return () => value;
  }
  if (token === 'if_not_exists' && reader.accept('(')) {
    const attribute = placeholders.name(reader.next());
    reader.expect(',');
    const otherwise = operand(reader, placeholders);
    reader.expect(')');
    return (item) => item[attribute] ?? otherwise(item);
  }
  const attribute = placeholders.name(token);
  return (item) => {
    const value = item[attribute];
    if (!value)
      throw invalid(
        'The provided expression refers to an attribute that does not exist in the item',
      );
    return value;
  };
}
