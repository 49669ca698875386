import { type PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { aUser, describeIdempotencyLedger, fullBatchAnswer } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createTable } from '../test/embedded-resources';
import { dynamoIdempotencyLedger } from './dynamo-idempotency-ledger';

const clients = testClients();
const aLedger = async () => dynamoIdempotencyLedger(clients.dynamo, await createTable(clients));

describeIdempotencyLedger('DynamoDB', aLedger);

async function settled(body: string) {
  const table = await createTable(clients);
  const ledger = dynamoIdempotencyLedger(clients.dynamo, table);
  const [userId, key] = [aUser(), 'key'];
  const claim = await ledger.claim(userId, key, 'f', 0);
  if (claim.state !== 'claimed') throw new Error(claim.state);
  const held = { userId, key, claimId: claim.claimId };
  await ledger.settle(held, { status: 200, headers: {}, body }, 0);
  const { Items = [] } = await clients.dynamo.send(new ScanCommand({ TableName: table }));
  const again = await ledger.claim(userId, key, 'f', 1);
  return { state: again.state, bytes: Items[0]?.['answer']?.B?.length };
}

it('keeps the answer to a full batch in less than a tenth of what it may have', async () => {
  const { state, bytes } = await settled(JSON.stringify(fullBatchAnswer()));
  expect(state).toBe('answered');
  expect(bytes).toBeLessThan(6.4 * 1024);
});

it('keeps what packs to 64 KB and not more, so that a repeat does the work again', async () => {
  const random = (bytes: number) => randomBytes(bytes).toString('base64');
  expect(await settled(random(60_000))).toMatchObject({ state: 'answered' });
  expect(await settled(random(70_000))).toEqual({ state: 'claimed', bytes: undefined });
});

it('packs answers away from the event loop', async () => {
  const answer = { status: 200, headers: {}, body: randomBytes(8_000_000).toString('base64') };
  let turns = 0;
  let turnsBeforeWriting: number | undefined;
  const dynamo = Object.create(clients.dynamo, {
    send: {
      value: (command: ScanCommand) => {
        turnsBeforeWriting = turns;
        return clients.dynamo.send(command);
      },
    },
  }) as typeof clients.dynamo;
  const ledger = dynamoIdempotencyLedger(dynamo, await createTable(clients));
  const [userId, key] = [aUser(), 'key'];
  const claim = await ledger.claim(userId, key, 'f', 0);
  if (claim.state !== 'claimed') throw new Error(claim.state);
  const counter = setInterval(() => turns++, 1);
  await ledger.settle({ userId, key, claimId: claim.claimId }, answer, 0);
  clearInterval(counter);
  // Packing on the event loop leaves it no turn before the write.
  expect(turnsBeforeWriting).toBeGreaterThan(3);
});

it('takes a key of any text and length', async () => {
  const ledger = await aLedger();
  const key = [aUser(), `ключ#${'x'.repeat(5000)}`] as const;
  expect(await ledger.claim(...key, 'f', 0)).toMatchObject({ state: 'claimed' });
  expect(await ledger.claim(...key, 'f', 1)).toEqual({ state: 'in-flight' });
});

it('gives up a claim that was written although its answer was lost', async () => {
  let lost = false;
  const dynamo = Object.create(clients.dynamo, {
    send: {
      value: async (command: PutItemCommand) => {
        const answer = await clients.dynamo.send(command);
        if (lost) return answer;
        lost = true;
        throw new Error('socket hang up');
      },
    },
  }) as typeof clients.dynamo;
  const ledger = dynamoIdempotencyLedger(dynamo, await createTable(clients));
  const claim = () => ledger.claim(userId, 'key', 'f', 0);
  const userId = aUser();
  await expect(claim()).rejects.toMatchObject({ kind: 'unavailable' });
  while ((await claim()).state !== 'claimed') await setTimeout(10);
});
