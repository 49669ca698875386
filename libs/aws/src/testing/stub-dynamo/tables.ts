import { invalid } from './dynamo-error';
import { compareValues, itemBytes, type Item, type Value } from './item';

const maxItemBytes = 400 * 1024;

export interface Stored {
  readonly item: Item;
  readonly bytes: number;
}

/** Items by table and by `pk`, in the order of `sk`. A table exists as soon as it is named. */
export interface Tables {
  find(table: string, key: Item): Stored | undefined;
  /** All items of one `pk`, in order; not a copy. */
  partition(table: string, pk: Value): readonly Stored[];
  /** All items of a table in one partition of a secondary index (keys `<index>pk`, `<index>sk`), in order. */
  indexed(table: string, index: string, pk: Value): readonly Stored[];
  put(table: string, stored: Stored): void;
  remove(table: string, key: Item): void;
  clear(): void;
}

export function tables(): Tables {
  const partitions = new Map<string, Stored[]>();
  const partition = (table: string, pk: Value) => partitions.get(partitionName(table, pk)) ?? [];
  return {
    partition,
    indexed: (table, index, pk) =>
      [...partitions]
        .filter(([name]) => name.startsWith(`${table}\n`))
        .flatMap(([, items]) => items.filter(({ item }) => item[`${index}pk`]?.S === pk.S))
        .toSorted((a, b) => {
          const [one, other] = [a.item[`${index}sk`], b.item[`${index}sk`]];
          return one && other ? (compareValues(one, other) ?? 0) : 0;
        }),
    find(table, key) {
      const items = partition(table, keyValue(key, 'pk'));
      const place = placeOf(items, keyValue(key, 'sk'));
      return place.found ? items[place.index] : undefined;
    },
    put(table, stored) {
      const name = partitionName(table, keyValue(stored.item, 'pk'));
      const items = partitions.get(name) ?? [];
      partitions.set(name, items);
      const { index, found } = placeOf(items, keyValue(stored.item, 'sk'));
      items.splice(index, found ? 1 : 0, stored);
    },
    remove(table, key) {
      const items = partition(table, keyValue(key, 'pk'));
      const { index, found } = placeOf(items, keyValue(key, 'sk'));
      if (found) items.splice(index, 1);
    },
    clear: () => partitions.clear(),
  };
}

/** @throws DynamoError ValidationException for an item larger than DynamoDB takes */
export function measured(item: Item): Stored {
  const bytes = itemBytes(item);
  if (bytes > maxItemBytes) throw invalid('Item size has exceeded the maximum allowed size');
  return { item, bytes };
}

/** The key attributes of an item and no others. */
export function keyOf(item: Item): Item {
  return { pk: keyValue(item, 'pk'), sk: keyValue(item, 'sk') };
}

function keyValue(item: Item, name: 'pk' | 'sk'): Value {
  const value = item[name];
  if (!value?.S) throw invalid(`The key attribute ${name} must be a string that is not empty.`);
  return value;
}

function partitionName(table: string, pk: Value): string {
  return `${table}\n${pk.S}`;
}

/** Where a sort key is, or would be. */
function placeOf(items: readonly Stored[], sk: Value): { index: number; found: boolean } {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareValues(items[middle]?.item['sk'] ?? sk, sk) ?? 0;
    if (order === 0) return { index: middle, found: true };
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return { index: low, found: false };
}
