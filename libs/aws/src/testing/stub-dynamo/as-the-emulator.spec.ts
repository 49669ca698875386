import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { testClients } from '../../../test/clients';
import { createTable } from '../../../test/embedded-resources';
import { stubDynamo, type StubDynamo } from './stub-dynamo';

/** The stub and the embedded AWS get the same requests, and the answers agree. */
const embedded = testClients();
let tableName: string;
let stub: StubDynamo;
let stubClient: DynamoDBClient;

beforeAll(async () => {
  tableName = await createTable(embedded);
  stub = await stubDynamo();
  stubClient = new DynamoDBClient({ region: 'us-east-1', endpoint: stub.endpoint, maxAttempts: 1 });
});
afterAll(async () => {
  stubClient.destroy();
  await stub.close();
});

/** Stand for the table and for a partition of its own in every run. */
const TableName = '$table';
const pk = { S: '$pk' };
const keyAt = (sk: string) => ({ pk, sk: { S: sk } });
const itemAt = (sk: string, version: string) => ({
  ...keyAt(sk),
  version: { N: version },
  note: { S: 'text' },
});

const sortKey = fc.constantFrom('a', 'a#1', 'a#2', 'b', '～', '𝒳');
const version = fc.constantFrom('1', '2', '3');

const conditional = fc
  .record({
    condition: fc.constantFrom(
      'attribute_not_exists(pk)',
      'attribute_exists(#version) AND #version = :version',
      'attribute_not_exists(pk) OR #version <= :version',
      'NOT (#version > :version)',
      '#version <> :version',
      '#version BETWEEN :version AND :version',
      '#version IN (:version)',
      'begins_with(sk, sk) OR #version < :version',
    ),
    version,
    failure: fc.constantFrom('ALL_OLD', 'NONE'),
  })
  .map(({ condition, version, failure }) => ({
    ConditionExpression: condition,
    ...(condition.includes('#') && {
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: version } },
    }),
    ReturnValuesOnConditionCheckFailure: failure as 'ALL_OLD',
  }));

const put = fc
  .record({ sk: sortKey, version, more: fc.oneof(fc.constant({}), conditional) })
  .map(({ sk, version, more }) => ({ TableName, Item: itemAt(sk, version), ...more }));

const keyed = fc
  .record({ sk: sortKey, more: conditional })
  .map(({ sk, more }) => ({ TableName, Key: keyAt(sk), ...more }));

const update = fc
  .record({
    sk: sortKey,
    version,
    condition: fc.constantFrom('#version = :version', 'attribute_not_exists(#version)'),
    change: fc.constantFrom(
      'SET #version = if_not_exists(#version, :version) + :one REMOVE note',
      'SET note = :version, #version = :one',
      'ADD #version :one SET again = :version',
    ),
  })
  .map(({ sk, version, condition, change }) => ({
    TableName,
    Key: keyAt(sk),
    ReturnValues: 'ALL_NEW' as const,
    ConditionExpression: `${condition} OR :one < :version`,
    UpdateExpression: change,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': { N: '1' }, ':version': { N: version } },
  }));

const transaction = fc
  .uniqueArray(
    fc.oneof(
      put.map((Put) => ({ sk: Put.Item.sk.S, action: { Put } })),
      keyed.map((Delete) => ({ sk: Delete.Key.sk.S, action: { Delete } })),
      keyed.map((ConditionCheck) => ({ sk: ConditionCheck.Key.sk.S, action: { ConditionCheck } })),
    ),
    { minLength: 1, maxLength: 4, selector: ({ sk }) => sk },
  )
  .map((chosen) => ({ TransactItems: chosen.map(({ action }) => action) }));

const query = fc
  .record({
    range: fc.constantFrom(
      'pk = :pk',
      'pk = :pk AND sk = :sk',
      'pk = :pk AND sk <= :sk',
      'pk = :pk AND sk > :sk',
      'pk = :pk AND begins_with(sk, :sk)',
      'pk = :pk AND sk BETWEEN :sk AND :last',
    ),
    sk: sortKey,
    start: fc.oneof(
      fc.constant({}),
      sortKey.map((sk) => ({ ExclusiveStartKey: keyAt(sk) })),
    ),
    ScanIndexForward: fc.boolean(),
  })
  .map(({ range, sk, start, ScanIndexForward }) => ({
    TableName,
    KeyConditionExpression: range,
    ExpressionAttributeValues: {
      ':pk': pk,
      ...(range.includes(':sk') && { ':sk': { S: sk } }),
      ...(range.includes(':last') && { ':last': { S: '𝒳' } }),
    },
    ScanIndexForward,
    ...start,
  }));

/** An operation as its command's class and input. */
const request = fc.oneof(
  fc.tuple(fc.constant(PutItemCommand), put),
  fc.tuple(fc.constant(UpdateItemCommand), update),
  fc.tuple(fc.constant(DeleteItemCommand), keyed),
  fc.tuple(
    fc.constant(GetItemCommand),
    sortKey.map((sk) => ({ TableName, Key: keyAt(sk) })),
  ),
  fc.tuple(fc.constant(TransactWriteItemsCommand), transaction),
  fc.tuple(fc.constant(QueryCommand), query),
);

const compared = ['Item', 'Items', 'Attributes', 'Count', 'ScannedCount', 'LastEvaluatedKey'];
const comparedOfErrors = ['name', 'Item', 'CancellationReasons'];

/** What an operation answered, or how it failed, without what moto adds. */
async function answerOf(client: DynamoDBClient, command: PutItemCommand): Promise<object> {
  const only = (members: string[]) => (answer: object) =>
    Object.fromEntries(Object.entries(answer).filter(([name]) => members.includes(name)));
  return client.send(command).then(only(compared), only(comparedOfErrors));
}

it('answers any sequence of requests as the emulator does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
      const partition = randomUUID();
      for (const [constructor, input] of requests) {
        const Command = constructor as new (input: unknown) => PutItemCommand;
        const text = JSON.stringify(input)
          .replaceAll('$pk', partition)
          .replaceAll('$table', tableName);
        const command = () => new Command(JSON.parse(text));
        const expected = await answerOf(embedded.dynamo, command());
        expect(await answerOf(stubClient, command())).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});
