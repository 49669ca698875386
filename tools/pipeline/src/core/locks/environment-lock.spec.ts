import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEnvironmentTable } from '../../../test/environment-table';
import { breakLock, lockEnvironment, readLock } from './environment-lock';

const dynamo = new DynamoDBClient({ region: 'us-east-1' });
afterAll(() => dynamo.destroy());

let table: string;
beforeEach(async () => {
  table = `lock-${randomUUID()}`;
  await createEnvironmentTable(dynamo, table);
});

let time = 1_000_000;
const lock = (holder: string, kind: 'deploy' | 'rollback' = 'deploy') =>
  lockEnvironment(dynamo, { table, kind, holder, leaseMs: 60_000, now: () => time });

test('of two deploys at once one is refused, and told whom it waits for', async () => {
  const tries = await Promise.allSettled([lock('ada'), lock('ben')]);
  const refused = tries.filter((attempt) => attempt.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({
    reason: 'locked',
    message: expect.stringMatching(/^(ada|ben) is changing this environment \(a deploy\)/),
  });
});

test('a killed holder is forgotten when its lease ends, and cannot come back', async () => {
  const killed = await lock('ada');
  time += 60_001;
  const next = await lock('ben');
  expect(next.fencingToken).toBeGreaterThan(killed.fencingToken);
  await expect(killed.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await killed.release();
  await expect(next.assertHeld()).resolves.toBeUndefined();
});

test('a holder that lives keeps it beyond its first lease', async () => {
  const held = await lock('ada');
  time += 50_000;
  await held.assertHeld();
  time += 50_000;
  await expect(lock('ben')).rejects.toMatchObject({ reason: 'locked' });
});

test('a rollback takes over from a deploy, but not from another rollback', async () => {
  const deploying = await lock('ada');
  await lock('on call', 'rollback');
  await expect(deploying.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await expect(lock('ben', 'rollback')).rejects.toMatchObject({ reason: 'locked' });
});

test('what was released can be taken at once, with a greater token', async () => {
  const first = await lock('ada');
  await first.release();
  const second = await lock('ben');
  expect(second.fencingToken).toBe(first.fencingToken + 1);
});

test('a person can break a lock, and its holder notices', async () => {
  const held = await lock('ada');
  expect(await readLock(dynamo, table)).toMatchObject({ holder: 'ada', kind: 'deploy' });
  await breakLock(dynamo, table);
  await expect(held.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await expect(lock('ben')).resolves.toBeDefined();
});
