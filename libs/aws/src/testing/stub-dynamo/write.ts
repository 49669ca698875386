import { DynamoError, invalid } from './dynamo-error';
import { parseCondition } from './expressions/condition';
import { placeholders, type Substitutions } from './expressions/placeholders';
import { parseUpdate } from './expressions/update';
import type { Item } from './item';
import { keyOf, measured, type Stored, type Tables } from './tables';

/** What a write request and an action of a transaction have in common. */
export interface WriteRequest extends Substitutions {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write whose condition is evaluated and that nothing has changed yet. */
export interface PlannedWrite {
  readonly request: WriteRequest;
  readonly key: Item;
  readonly holds: boolean;
  readonly before: Stored | undefined;
  /** Undefined if nothing is there afterwards. */
  readonly after: Stored | undefined;
  /** What it costs: the larger of the item before and after. */
  readonly bytes: number;
}

/** @throws DynamoError ValidationException for a request that DynamoDB refuses */
export function planWrite(tables: Tables, kind: WriteKind, request: WriteRequest): PlannedWrite {
  const substitutions = placeholders(request);
  const condition =
    request.ConditionExpression === undefined
      ? () => true
      : parseCondition(request.ConditionExpression, substitutions);
  const update =
    request.UpdateExpression === undefined
      ? (item: Item) => item
      : parseUpdate(request.UpdateExpression, substitutions);
  substitutions.expectAllUsed();

  const key = keyOf((kind === 'Put' ? request.Item : request.Key) ?? {});
  const before = tables.find(request.TableName, key);
  const holds = condition(before?.item ?? {});
  const after = holds ? outcome(kind, request, key, before, update) : before;
  const put = kind === 'Put' && request.Item ? measured(request.Item).bytes : 0;
  const bytes = Math.max(before?.bytes ?? 0, after?.bytes ?? 0, put);
  return { request, key, holds, before, after, bytes };
}

function outcome(
  kind: WriteKind,
  request: WriteRequest,
  key: Item,
  before: Stored | undefined,
  update: (item: Item) => Item,
): Stored | undefined {
  if (kind === 'Put') return measured(request.Item ?? {});
  if (kind === 'Update') return measured(update(before?.item ?? key));
  return kind === 'ConditionCheck' ? before : undefined;
}

export function applyWrite(tables: Tables, { request, key, after }: PlannedWrite): void {
  if (after) tables.put(request.TableName, after);
  else tables.remove(request.TableName, key);
}

/** The answer to a single write. @throws DynamoError ValidationException for other ReturnValues */
export function attributesAfter({ request, before, after }: PlannedWrite): { Attributes?: Item } {
  const wanted = request.ReturnValues ?? 'NONE';
  if (!['NONE', 'ALL_OLD', 'ALL_NEW'].includes(wanted))
    throw invalid(`ReturnValues ${wanted} is not supported`);
  const stored = { ALL_OLD: before, ALL_NEW: after }[wanted];
  return stored ? { Attributes: stored.item } : {};
}

export function failedCondition(write: PlannedWrite): DynamoError {
  return new DynamoError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    itemInTheWay(write),
  );
}

/** The item for which a condition did not hold, if the request asks for it. */
export function itemInTheWay({ request, before }: PlannedWrite): { Item?: Item } {
  const wanted = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return wanted && before ? { Item: before.item } : {};
}
