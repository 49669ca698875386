import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { timed } from '@clarity/domain';
import { aUser, someMinutes } from '@clarity/domain/testing';
import { withScriptedAws, type ScriptedAnswer } from '../../test/scripted-aws';
import type { BlockContent } from '../sample-blocks/block';
import { encodeBlock } from '../sample-blocks/block-codec';
import { positionOf } from '../sample-blocks/position';
import { dynamoBlockStore } from './block-store';

const series = { userId: aUser(), type: 'activity_count' } as const;
const minutes = someMinutes(Date.UTC(2026, 2, 2), 2).map(timed);

async function twoBlocks(): Promise<BlockContent[]> {
  const middle = positionOf(minutes[0]!);
  const content = async (n: number) => ({
    samples: minutes.slice(n, n + 1),
    data: await encodeBlock(minutes.slice(n, n + 1)),
  });
  return [
    { lower: undefined, upper: middle, followed: true, ...(await content(0)) },
    { lower: middle, upper: undefined, followed: false, ...(await content(1)) },
  ];
}

function cancelled(code: string): ScriptedAnswer {
  const body = {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: 'Transaction cancelled',
    CancellationReasons: [{ Code: 'None' }, { Code: code }],
  };
  return { status: 400, body: JSON.stringify(body) };
}

const writeAnswered = (answer: ScriptedAnswer) =>
  withScriptedAws([answer], async (endpoint) => {
    const client = new DynamoDBClient({ region: 'us-east-1', endpoint });
    const store = dynamoBlockStore(client, 'table');
    return store.write(series, 'version', await twoBlocks());
  });

describe('a transaction', () => {
  it('gives every block a version of its own', async () => {
    const versions = await writeAnswered({ status: 200, body: '{}' });
    expect(new Set(versions).size).toBe(2);
  });

  it.each([
    'ConditionalCheckFailed',
    'TransactionConflict',
    'ThrottlingError',
    'ProvisionedThroughputExceeded',
  ])('that is cancelled by %s is for the writer to try again', async (code) => {
    expect(await writeAnswered(cancelled(code))).toBeUndefined();
  });

  it('that is cancelled for good is a failure', async () => {
    const writing = writeAnswered(cancelled('ItemCollectionSizeLimitExceeded'));
    await expect(writing).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
