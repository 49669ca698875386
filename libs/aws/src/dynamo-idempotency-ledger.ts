import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { type IdempotencyClaim, type IdempotencyLedger, type UserId } from '@clarity/domain';
import { jsonParser } from '@clarity/schema';
import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import Type from 'typebox';
import { abortable } from './connection/abortable';
import { callAws } from './connection/aws-errors';
import { userKey } from './health-data/keys';

/** More than twice what a request may take (15 s): what still runs has not lost its claim. */
const claimLifetime = 60_000;
const answerLifetime = 24 * 3_600_000;
/** Milliseconds for giving a claim up. */
const cleanUpMs = 5_000;
/** Packed. A user sends thousands of requests a minute, and each kilobyte of an item is a write unit. */
const maxAnswerBytes = 64 * 1024;

/** In the thread pool: a large answer must not hold up everybody else. */
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Another request may have taken over a claim that lapsed: its answer is not ours to give. */
const stillHeld = 'claimId = :claimId AND attribute_not_exists(answer)';

const readAnswer = jsonParser(
  'recorded answer',
  Type.Object({
    status: Type.Integer(),
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.String(),
  }),
);

/**
 * Claims and answers as items `IDEMPOTENCY#<sha256 of the key>`: clients choose the key, so it may
 * hold anything, and keys of the table hold no personal data. `expiresAt` is honoured at the next
 * claim, since DynamoDB deletes up to days late.
 *
 * An answer of more than 64 KB packed is not kept: its claim is given up, and a repeat does the work
 * again. No honest answer is that large: the outcomes of a full batch pack to less than a tenth of it.
 */
export function dynamoIdempotencyLedger(client: DynamoDBClient, table: string): IdempotencyLedger {
  const key = (userId: UserId, name: string) => ({
    pk: { S: userKey(userId) },
    sk: { S: `IDEMPOTENCY#${createHash('sha256').update(name).digest('base64url')}` },
  });

  const release: IdempotencyLedger['release'] = async (claim, options) => {
    const remove = new DeleteItemCommand({
      TableName: table,
      Key: key(claim.userId, claim.key),
      ConditionExpression: stillHeld,
      ExpressionAttributeValues: { ':claimId': { S: claim.claimId } },
    });
    await unlessConditionFails(() => client.send(remove, abortable(options)));
  };

  return {
    release,

    async claim(userId, name, fingerprint, now, options) {
      const claimId = randomUUID();
      const put = new PutItemCommand({
        TableName: table,
        Item: {
          ...key(userId, name),
          claimId: { S: claimId },
          fingerprint: { S: fingerprint },
          expiresAt: { N: epochSeconds(now + claimLifetime) },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': { N: String(now / 1000) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return callAws('DynamoDB', async () => {
        try {
          await client.send(put, abortable(options));
          return { state: 'claimed', claimId };
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException) || !error.Item) {
            // The put may have taken effect although its caller is gone: the key is for the next request.
            const cleanUp = { signal: AbortSignal.timeout(cleanUpMs) };
            void release({ userId, key: name, claimId }, cleanUp).catch(() => undefined);
            throw error;
          }
          // The SDK repeats a put whose answer was lost: then the claim in its way is its own.
          if (error.Item['claimId']?.S === claimId) return { state: 'claimed', claimId };
          return earlierClaim(error.Item, fingerprint);
        }
      });
    },

    async settle(claim, answer, now, options) {
      const packed = await compress(JSON.stringify(answer), fast);
      if (packed.length > maxAnswerBytes) return release(claim, options);
      const update = new UpdateItemCommand({
        TableName: table,
        Key: key(claim.userId, claim.key),
        UpdateExpression: 'SET answer = :answer, expiresAt = :expiresAt',
        ConditionExpression: stillHeld,
        ExpressionAttributeValues: {
          ':claimId': { S: claim.claimId },
          ':answer': { B: packed },
          ':expiresAt': { N: epochSeconds(now + answerLifetime) },
        },
      });
      await unlessConditionFails(() => client.send(update, abortable(options)));
    },
  };
}

async function earlierClaim(
  item: Record<string, AttributeValue>,
  fingerprint: string,
): Promise<IdempotencyClaim> {
  if (item['fingerprint']?.S !== fingerprint) return { state: 'different-request' };
  const packed = item['answer']?.B;
  if (!packed) return { state: 'in-flight' };
  return { state: 'answered', answer: readAnswer((await decompress(packed)).toString()) };
}

/** Settling or releasing what is no longer there, or is answered already, changes nothing. */
async function unlessConditionFails(call: () => Promise<unknown>): Promise<void> {
  await callAws('DynamoDB', async () => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  });
}

function epochSeconds(milliseconds: number): string {
  return String(Math.ceil(milliseconds / 1000));
}
