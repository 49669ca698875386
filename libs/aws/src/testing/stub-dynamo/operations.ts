import type { CapacityMeter } from './capacity-meter';
import { DynamoError } from './dynamo-error';
import type { Item } from './item';
import { query, type QueryRequest } from './query';
import { keyOf, type Tables } from './tables';
import { transactWriteItems, type Transaction } from './transaction';
import {
  applyWrite,
  attributesAfter,
  failedCondition,
  planWrite,
  type WriteKind,
  type WriteRequest,
} from './write';

type Operation = (tables: Tables, meter: CapacityMeter, request: never) => object;

interface GetRequest {
  readonly TableName: string;
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
}

const operations: Readonly<Record<string, Operation>> = {
  GetItem: getItem,
  Query: (tables, meter, request: QueryRequest) => query(tables, meter, request),
  PutItem: singleWrite('Put'),
  UpdateItem: singleWrite('Update'),
  DeleteItem: singleWrite('Delete'),
  TransactWriteItems: (tables, meter, request: Transaction) =>
    transactWriteItems(tables, meter, request),
};

/**
 * Executes one operation as a whole: no other one sees it half done.
 * @throws DynamoError
 */
export function execute(
  tables: Tables,
  meter: CapacityMeter,
  name: string,
  request: unknown,
): object {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw new DynamoError('UnknownOperationException', `${name} is not supported`);
  meter.called(name);
  return operation(tables, meter, request as never);
}

function getItem(tables: Tables, meter: CapacityMeter, request: GetRequest): object {
  const stored = tables.find(request.TableName, keyOf(request.Key));
  meter.read(stored?.bytes ?? 0, request.ConsistentRead ?? false);
  return stored ? { Item: stored.item } : {};
}

function singleWrite(kind: WriteKind) {
  return (tables: Tables, meter: CapacityMeter, request: WriteRequest): object => {
    const write = planWrite(tables, kind, request);
    meter.wrote(write.bytes, 'single');
    if (!write.holds) throw failedCondition(write);
    applyWrite(tables, write);
    return attributesAfter(write);
  };
}
