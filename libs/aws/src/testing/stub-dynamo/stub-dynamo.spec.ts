import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { describeHealthDataRepository, describeIdempotencyLedger } from '@clarity/domain/testing';
import { dynamoIdempotencyLedger } from '../../dynamo-idempotency-ledger';
import { dynamoHealthDataRepository } from '../../health-data/dynamo-health-data-repository';
import { stubDynamo, type StubDynamo } from './stub-dynamo';

const TableName = 'table';
let stub: StubDynamo;
let client: DynamoDBClient;

beforeAll(async () => {
  stub = await stubDynamo();
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: stub.endpoint, maxAttempts: 1 });
});
beforeEach(() => stub.reset());
afterAll(async () => {
  client.destroy();
  await stub.close();
});

describeHealthDataRepository('the stub of DynamoDB', () =>
  dynamoHealthDataRepository(client, TableName),
);
describeIdempotencyLedger('the stub of DynamoDB', () => dynamoIdempotencyLedger(client, TableName));

const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
/** An item of exactly this many bytes: the names and values of pk, sk and data. */
const itemOf = (bytes: number, sk = 'a') => ({
  ...key(sk),
  data: { B: new Uint8Array(bytes - 'pkpskdata'.length - sk.length) },
});
const put = (Item: Record<string, AttributeValue>, more: object = {}) =>
  client.send(new PutItemCommand({ TableName, Item, ...more }));
const ifAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };

async function cost(call: () => Promise<unknown>): Promise<{ write: number; read: number }> {
  stub.resetUnits();
  await call().catch(() => {});
  const { write, read } = stub.units();
  return { write, read };
}

describe('write units', () => {
  it('are item sizes rounded up to 1 KB', async () => {
    expect(await cost(() => put(itemOf(1024)))).toEqual({ write: 1, read: 0 });
    expect(await cost(() => put(itemOf(1025, 'b')))).toEqual({ write: 2, read: 0 });
  });

  it('are those of the larger item if one replaces another', async () => {
    await put(itemOf(5000));
    expect(await cost(() => put(itemOf(100)))).toEqual({ write: 5, read: 0 });
    expect(await cost(() => put(itemOf(3000)))).toEqual({ write: 3, read: 0 });
  });

  it('count if the condition fails, too', async () => {
    await put(itemOf(100));
    expect(await cost(() => put(itemOf(2500), ifAbsent))).toEqual({ write: 3, read: 0 });
    await put(itemOf(5000));
    expect(await cost(() => put(itemOf(100), ifAbsent))).toEqual({ write: 5, read: 0 });
  });

  it('of an update and a deletion are those of the whole item', async () => {
    await put(itemOf(5000));
    const update = new UpdateItemCommand({
      TableName,
      Key: key('a'),
      UpdateExpression: 'SET version = :next',
      ExpressionAttributeValues: { ':next': { N: '2' } },
    });
    expect(await cost(() => client.send(update))).toEqual({ write: 5, read: 0 });
    const remove = () => client.send(new DeleteItemCommand({ TableName, Key: key('a') }));
    expect(await cost(remove)).toEqual({ write: 5, read: 0 });
    expect(await cost(remove)).toEqual({ write: 1, read: 0 });
  });

  it('are twice as many in a transaction, for its condition checks too', async () => {
    await put(itemOf(1500, 'b'));
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: itemOf(2500), ...ifAbsent } },
        {
          ConditionCheck: {
            TableName,
            Key: key('b'),
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
      ],
    });
    expect(await cost(() => client.send(transaction))).toEqual({ write: 6 + 4, read: 0 });
  });
});

describe('read units', () => {
  const get = (sk: string, ConsistentRead: boolean) => () =>
    client.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead }));

  it('are item sizes rounded up to 4 KB, half of it if eventually consistent', async () => {
    await put(itemOf(4097));
    expect(await cost(get('a', true))).toEqual({ write: 0, read: 2 });
    expect(await cost(get('a', false))).toEqual({ write: 0, read: 1 });
    expect(await cost(get('nothing', true))).toEqual({ write: 0, read: 1 });
    expect(await cost(get('nothing', false))).toEqual({ write: 0, read: 0.5 });
  });

  it('of a query are rounded up once, for what it evaluated', async () => {
    for (const sk of ['a', 'b', 'c', 'd']) await put(itemOf(1500, sk));
    const read = (more: object) => () =>
      client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: 'p' } },
          ...more,
        }),
      );
    expect(await cost(read({}))).toEqual({ write: 0, read: 2 });
    expect(await cost(read({ Limit: 2 }))).toEqual({ write: 0, read: 1 });
    const none = { FilterExpression: 'attribute_not_exists(pk)' };
    expect(await cost(read(none))).toEqual({ write: 0, read: 2 });
  });
});

it('counts requests by operation, and forgets all on reset', async () => {
  await put(itemOf(100));
  await put(itemOf(100), ifAbsent).catch(() => {});
  expect(stub.units().calls).toEqual({ PutItem: 2 });
  stub.reset();
  expect(stub.units()).toEqual({ write: 0, read: 0, calls: {} });
  expect(await put(itemOf(100), ifAbsent)).toMatchObject({});
});

describe('limits of DynamoDB', () => {
  it('end a page at 1 MB', async () => {
    for (const sk of ['a', 'b', 'c', 'd']) await put(itemOf(350_000, sk));
    const { Items, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'p' } },
      }),
    );
    expect(Items?.map(({ sk }) => sk?.S)).toEqual(['a', 'b']);
    expect(LastEvaluatedKey).toEqual(key('b'));
  });

  it.each([
    ['an item over 400 KB', () => put(itemOf(400 * 1024 + 1))],
    ['an empty key', () => put({ pk: { S: 'p' }, sk: { S: '' } })],
    [
      'a value that no expression uses',
      () => put(itemOf(100), { ...ifAbsent, ExpressionAttributeValues: { ':x': { N: '1' } } }),
    ],
    [
      'two actions on one item',
      () =>
        client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: itemOf(100) } },
              { Delete: { TableName, Key: key('a') } },
            ],
          }),
        ),
    ],
    [
      'a consistent read of an index',
      () =>
        client.send(
          new QueryCommand({
            TableName,
            IndexName: 'gsi1',
            ConsistentRead: true,
            KeyConditionExpression: 'gsi1pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'p' } },
          }),
        ),
    ],
    ['half an expression', () => put(itemOf(100), { ConditionExpression: 'pk =' })],
    ['a nested path', () => put(itemOf(100), { ConditionExpression: 'attribute_exists(a.b)' })],
  ])('refuse %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
