import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEnvironmentTable } from '../../../test/environment-table';
import { environmentLocks } from './environment-locks';

const dynamo = new DynamoDBClient({ region: 'us-east-1' });
afterAll(() => dynamo.destroy());

let table: string;
beforeEach(async () => {
  table = `lock-${randomUUID()}`;
  await createEnvironmentTable(dynamo, table);
});

let time = 1_000_000;
const locksOf = (holder: string) =>
  environmentLocks(dynamo, { table, holder, leaseMs: 60_000, now: () => time });
const lock = (holder: string, kind: 'deploy' | 'rollback' = 'deploy') => locksOf(holder).take(kind);

test('one of two simultaneous deploys is refused, and learns who holds the lock', async () => {
  const tries = await Promise.allSettled([lock('ada'), lock('ben')]);
  const refused = tries.filter((attempt) => attempt.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({
    reason: 'locked',
    message: expect.stringMatching(/^(ada|ben) is changing this environment \(a deploy\)/),
  });
});

test('a killed holder loses the lock when its lease ends, and cannot return', async () => {
  const killed = await lock('ada');
  time += 60_001;
  const next = await lock('ben');
  expect(next.fencingToken).toBeGreaterThan(killed.fencingToken);
  await expect(killed.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await killed.release();
  await expect(next.assertHeld()).resolves.toBeUndefined();
});

test('a live holder keeps the lock beyond its first lease', async () => {
  const held = await lock('ada');
  time += 50_000;
  await held.assertHeld();
  time += 50_000;
  await expect(lock('ben')).rejects.toMatchObject({ reason: 'locked' });
});

test('a rollback takes the lock from a deploy, but not from another rollback', async () => {
  const deploying = await lock('ada');
  await lock('on call', 'rollback');
  await expect(deploying.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await expect(lock('ben', 'rollback')).rejects.toMatchObject({ reason: 'locked' });
});

test('a released lock can be taken at once, with a greater token', async () => {
  const first = await lock('ada');
  await first.release();
  const second = await lock('ben');
  expect(second.fencingToken).toBe(first.fencingToken + 1);
});

test('the holder of a broken lock finds out', async () => {
  const held = await lock('ada');
  const byHand = locksOf('on call');
  expect(await byHand.read()).toMatchObject({ holder: 'ada', kind: 'deploy' });
  await byHand.break();
  await expect(held.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  await expect(lock('ben')).resolves.toBeDefined();
});
