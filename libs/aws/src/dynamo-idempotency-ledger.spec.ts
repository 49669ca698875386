import { randomBytes } from 'node:crypto';
import { aUser, describeIdempotencyLedger } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createTable } from '../test/embedded-resources';
import { dynamoIdempotencyLedger } from './dynamo-idempotency-ledger';

const clients = testClients();
const aLedger = async () => dynamoIdempotencyLedger(clients.dynamo, await createTable(clients));

describeIdempotencyLedger('DynamoDB', aLedger);

it('gives up the claim whose answer no item can hold, so that a repeat does the work', async () => {
  const ledger = await aLedger();
  const key = [aUser(), 'key'] as const;
  const claim = await ledger.claim(...key, 'f', 0);
  if (claim.state !== 'claimed') throw new Error(claim.state);
  const held = { userId: key[0], key: key[1], claimId: claim.claimId };
  const body = randomBytes(500_000).toString('base64');
  await ledger.settle(held, { status: 200, headers: {}, body }, 0);
  expect(await ledger.claim(...key, 'f', 1)).toMatchObject({ state: 'claimed' });
});

it('takes a key of any text and length', async () => {
  const ledger = await aLedger();
  const key = [aUser(), `ключ#${'x'.repeat(5000)}`] as const;
  expect(await ledger.claim(...key, 'f', 0)).toMatchObject({ state: 'claimed' });
  expect(await ledger.claim(...key, 'f', 1)).toEqual({ state: 'in-flight' });
});
