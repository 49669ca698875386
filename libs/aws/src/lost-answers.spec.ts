import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { aUser, anAnalysis } from '@clarity/domain/testing';
import { withScriptedAws } from '../test/scripted-aws';
import { dynamoIdempotencyLedger } from './dynamo-idempotency-ledger';
import { dynamoHealthDataRepository } from './health-data/dynamo-health-data-repository';

/** DynamoDB stores what it gets, but its answer is lost; the SDK's second try finds the first. */
async function withLostAnswer<T>(use: (client: DynamoDBClient) => Promise<T>): Promise<T> {
  let stored: unknown;
  const lost = (body: string) => {
    stored = (JSON.parse(body) as { Item: unknown }).Item;
    return { status: 500, body: JSON.stringify({ __type: 'InternalServerError' }) };
  };
  const found = () => ({
    status: 400,
    body: JSON.stringify({ __type: 'ConditionalCheckFailedException', Item: stored }),
  });
  return withScriptedAws([lost, found], (endpoint) =>
    use(new DynamoDBClient({ region: 'us-east-1', endpoint })),
  );
}

it('leave an analysis created', async () => {
  await withLostAnswer((client) =>
    dynamoHealthDataRepository(client, 'table').createAnalysis(anAnalysis()),
  );
});

it('leave a claim with the one who made it', async () => {
  const claim = await withLostAnswer((client) =>
    dynamoIdempotencyLedger(client, 'table').claim(aUser(), 'key', 'f', 0),
  );
  expect(claim).toMatchObject({ state: 'claimed' });
});
