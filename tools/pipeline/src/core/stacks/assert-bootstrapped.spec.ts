import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeS3 } from '../../../test/fake-s3';
import { inMemoryEnvironment } from '../../../test/in-memory-environment';
import { assertBootstrapped } from './assert-bootstrapped';
import { testStack } from '../../../test/test-stack';

let root: string;
let fake: Awaited<ReturnType<typeof fakeS3>>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assert-bootstrapped-'));
  fake = await fakeS3();
  const s3 = { bucket: 'clarity-state', key: 'account.tfstate' };
  await writeFile(join(root, 'cdk.tf.json'), JSON.stringify({ terraform: { backend: { s3 } } }));
});
afterEach(async () => {
  await fake.close();
  await rm(root, { recursive: true });
});

const check = () => {
  const { context } = inMemoryEnvironment({ root });
  const clients = { ...context.clients, s3: () => Promise.resolve(fake.s3) };
  const account = {
    ...testStack('clarity-account', { folder: root }),
    phase: 'bootstrap' as const,
  };
  return assertBootstrapped({ ...context, clients }, [account]);
};

test('an account without a state is refused with the command that bootstraps it', async () => {
  await expect(check()).rejects.toMatchObject({
    reason: 'environment',
    message: 'The account of dev has not been bootstrapped.',
    advice: 'Run: npm run pipeline -- bootstrap --account <account>',
  });
});

test('an account with a state passes', async () => {
  fake.stored.set('/clarity-state', '').set('/clarity-state/account.tfstate', '{}');
  await expect(check()).resolves.toBeUndefined();
});
