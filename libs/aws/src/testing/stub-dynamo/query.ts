import type { CapacityMeter } from './capacity-meter';
import { invalid } from './dynamo-error';
import { parseCondition } from './expressions/condition';
import { placeholders, type Placeholders, type Substitutions } from './expressions/placeholders';
import { compareValues, type Item, type Value } from './item';
import { keyOf, type Stored, type Tables } from './tables';

const maxPageBytes = 1024 * 1024;

export interface QueryRequest extends Substitutions {
  readonly TableName: string;
  readonly KeyConditionExpression: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly IndexName?: string;
  readonly Select?: string;
  readonly ConsistentRead?: boolean;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** One page: up to `Limit` items and 1 MB, counted before the filter, as the cost is. */
export function query(tables: Tables, meter: CapacityMeter, request: QueryRequest): object {
  const { TableName, IndexName: index } = request;
  if (index !== undefined && request.ConsistentRead)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  if (index !== undefined && request.ExclusiveStartKey)
    throw invalid('This stub has only the first page of a secondary index');
  const substitutions = placeholders(request);
  const inRange = parseCondition(request.KeyConditionExpression, substitutions);
  const pk = partitionKey(request.KeyConditionExpression, `${index ?? ''}pk`, substitutions);
  const passes =
    request.FilterExpression === undefined
      ? () => true
      : parseCondition(request.FilterExpression, substitutions);
  const project = projection(request.ProjectionExpression, substitutions);
  substitutions.expectAllUsed();

  const forward = request.ScanIndexForward ?? true;
  const partition =
    index === undefined ? tables.partition(TableName, pk) : tables.indexed(TableName, index, pk);
  const inOrder = partition.filter(({ item }) => inRange(item));
  const candidates = (forward ? inOrder : inOrder.reverse()).filter(
    after(request.ExclusiveStartKey, forward),
  );
  const page = firstPage(candidates, request.Limit ?? Infinity);
  meter.read(
    page.evaluated.reduce((sum, { bytes }) => sum + bytes, 0),
    request.ConsistentRead ?? false,
  );
  const items = page.evaluated.filter(({ item }) => passes(item));
  return {
    ...(request.Select !== 'COUNT' && { Items: items.map(({ item }) => project(item)) }),
    Count: items.length,
    ScannedCount: page.evaluated.length,
    ...(page.last && { LastEvaluatedKey: keyOf(page.last.item) }),
  };
}

/** Like DynamoDB's, a page that `Limit` ended names its last item even if nothing is behind it. */
function firstPage(
  candidates: readonly Stored[],
  limit: number,
): { evaluated: readonly Stored[]; last?: Stored | undefined } {
  let bytes = 0;
  const tooMany = candidates.findIndex((stored, place) => {
    bytes += stored.bytes;
    return place >= limit || (place > 0 && bytes > maxPageBytes);
  });
  const evaluated = candidates.slice(0, tooMany === -1 ? undefined : tooMany);
  const isFull = tooMany !== -1 || evaluated.length === limit;
  return { evaluated, ...(isFull && { last: evaluated.at(-1) }) };
}

function after(start: Item | undefined, forward: boolean): (stored: Stored) => boolean {
  const from = start && keyOf(start)['sk'];
  if (!from) return () => true;
  return ({ item }) => {
    const order = compareValues(item['sk'] ?? from, from) ?? 0;
    return forward ? order > 0 : order < 0;
  };
}

/** The value in `<name> = :value`. @throws DynamoError ValidationException if there is none */
function partitionKey(expression: string, name: string, substitutions: Placeholders): Value {
  for (const [, key = '', value = ''] of expression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g))
    if (substitutions.name(key) === name) return substitutions.value(value);
  throw invalid(`Query condition missed key schema element: ${name}`);
}

function projection(expression: string | undefined, substitutions: Placeholders) {
  if (expression === undefined) return (item: Item) => item;
  const wanted = new Set(expression.split(',').map((each) => substitutions.name(each.trim())));
  return (item: Item) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name)));
}
