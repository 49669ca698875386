import { isDeepStrictEqual } from 'node:util';

/** An attribute's value as DynamoDB's JSON protocol writes it: numbers as text, bytes as Base64. */
export interface Value {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly Value[];
  readonly M?: Item;
}

export type Item = Readonly<Record<string, Value>>;

/**
 * Bytes of an item: its attribute names and values. Source: "DynamoDB item sizes and formats" in
 * Amazon's Developer Guide, which calls the size of a number approximate.
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

const collectionOverhead = 3;
const elementOverhead = 1;

function valueBytes({ S, N, B, SS, NS, BS, L, M }: Value): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  if (SS) return sum(SS, Buffer.byteLength);
  if (NS) return sum(NS, numberBytes);
  if (BS) return sum(BS, (each) => Buffer.byteLength(each, 'base64'));
  if (L) return collectionOverhead + sum(L, (each) => elementOverhead + valueBytes(each));
  if (M) return collectionOverhead + itemBytes(M) + elementOverhead * Object.keys(M).length;
  return 1; // BOOL and NULL
}

/** One byte, and one for each two significant digits. */
function numberBytes(number: string): number {
  const [digits = ''] = number.replace(/^[+-]/, '').split(/e/i);
  const significant = digits.replace('.', '').replace(/^0+|0+$/g, '');
  return 1 + Math.ceil(significant.length / 2);
}

function sum<T>(all: readonly T[], bytes: (each: T) => number): number {
  return all.reduce((total, each) => total + bytes(each), 0);
}

/**
 * How two values of one type are ordered: text and bytes by their bytes, numbers by value (as
 * doubles). @returns undefined for values that have no order, such as those of different types
 */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a.S !== undefined && b.S !== undefined)
    return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.B !== undefined && b.B !== undefined)
    return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

/** Numbers are the same with any zeros around them. */
export function sameValue(a: Value, b: Value | undefined): boolean {
  if (!b) return false;
  const order = compareValues(a, b);
  return order === undefined ? isDeepStrictEqual(a, b) : order === 0;
}
