import type { CapacityMeter } from './capacity-meter';
import { DynamoError, invalid } from './dynamo-error';
import type { Tables } from './tables';
import {
  applyWrite,
  itemInTheWay,
  planWrite,
  type PlannedWrite,
  type WriteKind,
  type WriteRequest,
} from './write';

const maxActions = 100;
const maxBytes = 4 * 1024 * 1024;

export interface Transaction {
  readonly TransactItems: readonly Partial<Record<WriteKind, WriteRequest>>[];
}

/**
 * All of the writes or none. A cancelled transaction costs what a committed one does: an upper
 * bound, since Amazon does not document it.
 * @throws DynamoError TransactionCanceledException with a reason for each action
 */
export function transactWriteItems(
  tables: Tables,
  meter: CapacityMeter,
  { TransactItems: actions }: Transaction,
): object {
  if (actions.length === 0 || actions.length > maxActions)
    throw invalid(`A transaction has 1 to ${maxActions} actions`);
  const writes = actions.map((action) => plan(tables, action));
  expectDistinct(writes);
  if (writes.reduce((sum, { bytes }) => sum + bytes, 0) > maxBytes)
    throw invalid('The items of a transaction have at most 4 MB together');

  for (const { bytes } of writes) meter.wrote(bytes, 'transaction');
  if (!writes.every(({ holds }) => holds)) throw cancelled(writes);
  for (const write of writes) applyWrite(tables, write);
  return {};
}

function plan(tables: Tables, action: Transaction['TransactItems'][number]): PlannedWrite {
  const [entry, ...others] = Object.entries(action);
  if (!entry || others.length > 0)
    throw invalid('An action is one of Put, Update, Delete, ConditionCheck');
  return planWrite(tables, entry[0] as WriteKind, entry[1]);
}

function expectDistinct(writes: readonly PlannedWrite[]): void {
  const names = writes.map(({ request, key }) => JSON.stringify([request.TableName, key]));
  if (new Set(names).size < names.length)
    throw invalid('Transaction request cannot include multiple operations on one item');
}

function cancelled(writes: readonly PlannedWrite[]): DynamoError {
  const reasons = writes.map((write) =>
    write.holds
      ? { Code: 'None' }
      : {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          ...itemInTheWay(write),
        },
  );
  return new DynamoError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
}
