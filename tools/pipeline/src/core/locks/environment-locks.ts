import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { PipelineError } from '../../errors';

/** What changes an environment. A rollback may take the lock from a deploy, and from nothing else. */
export type LockKind = 'deploy' | 'rollback';

/** The lock on one environment: a lease in its table, so that one run at a time changes it. */
export interface EnvironmentLocks {
  /**
   * Takes the lock for this run. The lease ends by itself, so the lock of a killed run lasts no longer
   * than that; while the run lasts it is renewed.
   * @throws PipelineError `locked`, naming the holder and when its lease ends
   */
  take(kind: LockKind): Promise<HeldLock>;
  /** @returns the latest lock, which may have ended */
  read(): Promise<Lock | undefined>;
  /** Takes the lock away from its holder; for a person who has checked that the holder is gone. */
  break(): Promise<void>;
}

export interface Lock {
  readonly holder: string;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly leaseUntil: number;
}

export interface HeldLock {
  /** Grows with every holder: an earlier holder never undoes what a later one wrote. */
  readonly fencingToken: number;
  /**
   * Renews the lease.
   * @throws PipelineError `superseded` if another run has taken the lock
   */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly table: string;
  /** Shown to anyone who finds the environment locked. */
  readonly holder: string;
  readonly leaseMs?: number;
  readonly now?: () => number;
}

const key = { pk: { S: 'LOCK#environment' }, sk: { S: 'LOCK' } };
const defaultLeaseMs = 60_000;

export function environmentLocks(
  dynamo: DynamoDBClient,
  { table, holder, leaseMs = defaultLeaseMs, now = Date.now }: LockOptions,
): EnvironmentLocks {
  const update = (
    expression: string,
    values: Readonly<Record<string, AttributeValue>>,
    condition?: string,
  ) =>
    dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: expression,
        ...(condition ? { ConditionExpression: condition } : {}),
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      }),
    );
  const until = () => ({ N: String(now() + leaseMs) });

  const read = async (): Promise<Lock | undefined> => {
    const { Item } = await dynamo.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    if (!Item) return undefined;
    return {
      holder: Item['holder']?.S ?? '',
      kind: Item['kind']?.S ?? '',
      leaseUntil: Number(Item['leaseUntil']?.N ?? 0),
    };
  };

  return {
    async take(kind) {
      const owner = { S: randomUUID() };
      const isRollback = kind === 'rollback';
      // The item stays when the lock is released, so that the token never starts over.
      const taken = await update(
        'SET #owner = :owner, holder = :holder, kind = :kind, leaseUntil = :until ADD fencingToken :one',
        {
          ':owner': owner,
          ':holder': { S: holder },
          ':kind': { S: kind },
          ':until': until(),
          ':now': { N: String(now()) },
          ':one': { N: '1' },
          ...(isRollback ? { ':deploy': { S: 'deploy' } } : {}),
        },
        `attribute_not_exists(leaseUntil) OR leaseUntil < :now${isRollback ? ' OR kind = :deploy' : ''}`,
      ).catch(async (error: unknown) => {
        throw error instanceof ConditionalCheckFailedException ? lockedBy(await read()) : error;
      });

      const setLease = (leaseUntil: AttributeValue) =>
        update(
          'SET leaseUntil = :until',
          { ':until': leaseUntil, ':owner': owner },
          '#owner = :owner',
        ).catch((error: unknown) => {
          throw error instanceof ConditionalCheckFailedException ? superseded() : error;
        });
      const renewal = setInterval(() => void setLease(until()).catch(() => {}), leaseMs / 3);
      renewal.unref();
      return {
        fencingToken: Number(taken.Attributes?.['fencingToken']?.N),
        assertHeld: async () => void (await setLease(until())),
        async release() {
          clearInterval(renewal);
          await setLease({ N: '0' }).catch(() => {});
        },
      };
    },
    read,
    async break() {
      await update('SET leaseUntil = :zero, #owner = :nobody', {
        ':zero': { N: '0' },
        ':nobody': { S: 'nobody' },
      });
    },
  };
}

function lockedBy(lock: Lock | undefined): PipelineError {
  const until = lock ? new Date(lock.leaseUntil).toISOString() : 'unknown';
  return new PipelineError(
    'locked',
    `${lock?.holder ?? 'Another run'} is changing this environment (a ${lock?.kind ?? 'run'}).`,
    `Wait for it to finish. If it was killed, its lock ends at ${until}.`,
  );
}

function superseded(): PipelineError {
  return new PipelineError(
    'superseded',
    'Another run has taken the lock. This run will make no further changes.',
    'To see what is released, run: npm run pipeline -- releases list --env <name>',
  );
}
