import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { PipelineError } from '../errors';

/** Who changes an environment. A rollback may take over from a deploy, and from nothing else. */
export type LockKind = 'deploy' | 'rollback';

export interface LockOptions {
  readonly table: string;
  readonly kind: LockKind;
  /** Said to whoever finds the environment locked. */
  readonly holder: string;
  readonly leaseMs?: number;
  readonly now?: () => number;
}

export interface EnvironmentLock {
  /** Grows with every holder: what a later holder wrote is never undone by an earlier one. */
  readonly fencingToken: number;
  /**
   * Renews the lease.
   * @throws PipelineError `superseded` where somebody else holds the lock by now
   */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

const key = { pk: { S: 'LOCK#environment' }, sk: { S: 'LOCK' } };
const defaultLeaseMs = 60_000;

/**
 * Takes the environment for one run. The lease ends by itself, so the lock of a killed runner lasts no
 * longer than that; while the run lasts it is renewed.
 * @throws PipelineError `locked`, naming the holder and when the lease ends
 */
export async function lockEnvironment(
  dynamo: DynamoDBClient,
  { table, kind, holder, leaseMs = defaultLeaseMs, now = Date.now }: LockOptions,
): Promise<EnvironmentLock> {
  const owner = randomUUID();
  const taken = await dynamo
    .send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        // The item stays when it is released, so that the token never starts over.
        UpdateExpression:
          'SET #owner = :owner, holder = :holder, kind = :kind, leaseUntil = :until ADD fencingToken :one',
        ConditionExpression: `attribute_not_exists(leaseUntil) OR leaseUntil < :now${
          kind === 'rollback' ? ' OR kind = :deploy' : ''
        }`,
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: {
          ':owner': { S: owner },
          ':holder': { S: holder },
          ':kind': { S: kind },
          ':until': { N: String(now() + leaseMs) },
          ':now': { N: String(now()) },
          ':one': { N: '1' },
          ...(kind === 'rollback' ? { ':deploy': { S: 'deploy' } } : {}),
        },
        ReturnValues: 'ALL_NEW',
      }),
    )
    .catch(async (error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw await lockedBy(dynamo, table);
    });
  const fencingToken = Number(taken.Attributes?.['fencingToken']?.N);

  const whileHeld = async (expression: string, values: Record<string, AttributeValue>) => {
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: expression,
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ...values, ':owner': { S: owner } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new PipelineError(
        'superseded',
        'Somebody took over this environment.',
        'Nothing more is changed from here; see what happens with: npm run pipeline -- releases list',
      );
    }
  };
  const assertHeld = () =>
    whileHeld('SET leaseUntil = :until', { ':until': { N: String(now() + leaseMs) } });
  const renewal = setInterval(() => void assertHeld().catch(() => undefined), leaseMs / 3);
  renewal.unref();

  return {
    fencingToken,
    assertHeld,
    async release() {
      clearInterval(renewal);
      await whileHeld('SET leaseUntil = :zero', { ':zero': { N: '0' } }).catch(() => undefined);
    },
  };
}

async function lockedBy(dynamo: DynamoDBClient, table: string): Promise<PipelineError> {
  const lock = await readLock(dynamo, table);
  const until = lock ? new Date(lock.leaseUntil).toISOString() : 'unknown';
  return new PipelineError(
    'locked',
    `${lock?.holder ?? 'Somebody'} is changing this environment (a ${lock?.kind ?? 'run'}).`,
    `Wait for it. If it was killed, its lease ends at ${until} and the lock with it.`,
  );
}

export interface LockRecord {
  readonly holder: string;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly leaseUntil: number;
}

export async function readLock(
  dynamo: DynamoDBClient,
  table: string,
): Promise<LockRecord | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  if (!Item) return undefined;
  return {
    holder: Item['holder']?.S ?? '',
    kind: Item['kind']?.S ?? '',
    leaseUntil: Number(Item['leaseUntil']?.N ?? 0),
  };
}

/** Takes a lock away whoever holds it; for a person who knows that the holder is gone. */
export async function breakLock(dynamo: DynamoDBClient, table: string): Promise<void> {
  await dynamo.send(
    new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'SET leaseUntil = :zero, #owner = :nobody',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':zero': { N: '0' }, ':nobody': { S: 'nobody' } },
    }),
  );
}
