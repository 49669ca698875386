import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsContext } from '../../core/context';
import { region } from '../../core/environment';
import { namesOf } from '../../core/names';
import { breakLock, readLock } from '../../core/locks/environment-lock';

/** `pipeline unlock`: says who held the environment, and takes it from them. */
export async function unlock({ environment, reporter }: AwsContext): Promise<void> {
  const dynamo = new DynamoDBClient({ region });
  const { table } = namesOf(environment);
  const lock = await readLock(dynamo, table);
  if (!lock || lock.leaseUntil < Date.now()) return reporter.step(`${environment} is not locked`);
  await breakLock(dynamo, table);
  reporter.step(`${environment} was locked by ${lock.holder} (a ${lock.kind}); it is not any more`);
}
