import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { timed } from '@clarity/domain';
import { aSample, aUser, anAnalysis } from '@clarity/domain/testing';
import { withScriptedAws } from '../test/scripted-aws';
import { dynamoIdempotencyLedger } from './dynamo-idempotency-ledger';
import { dynamoHealthDataRepository } from './health-data/dynamo-health-data-repository';

/** DynamoDB stores what it gets, but its answer is lost; the SDK's second try finds the first. */
async function withLostAnswer<T>(
  use: (client: DynamoDBClient) => Promise<T>,
  readsBefore = 0,
): Promise<T> {
  let stored: unknown;
  const lost = (body: string) => {
    stored = (JSON.parse(body) as { Item: unknown }).Item;
    return { status: 500, body: JSON.stringify({ __type: 'InternalServerError' }) };
  };
  const found = () => ({
    status: 400,
    body: JSON.stringify({ __type: 'ConditionalCheckFailedException', Item: stored }),
  });
  const nothing = { status: 200, body: JSON.stringify({ Items: [] }) };
  const reads = new Array<typeof nothing>(readsBefore).fill(nothing);
  return withScriptedAws([...reads, lost, found], (endpoint) =>
    use(new DynamoDBClient({ region: 'us-east-1', endpoint })),
  );
}

it('leave an analysis created', async () => {
  await withLostAnswer((client) =>
    dynamoHealthDataRepository(client, 'table').createAnalysis(anAnalysis()),
  );
});

it('leave samples created', async () => {
  const outcomes = await withLostAnswer(
    (client) => dynamoHealthDataRepository(client, 'table').addSamples(aUser(), [timed(aSample())]),
    2,
  );
  expect(outcomes).toEqual(['created']);
});

it('leave a claim with the one who made it', async () => {
  const claim = await withLostAnswer((client) =>
    dynamoIdempotencyLedger(client, 'table').claim(aUser(), 'key', 'f', 0),
  );
  expect(claim).toMatchObject({ state: 'claimed' });
});
