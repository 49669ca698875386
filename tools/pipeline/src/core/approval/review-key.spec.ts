import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeS3 } from '../../../test/fake-s3';
import { inMemoryEnvironment } from '../../../test/in-memory-environment';
import type { Stack } from '../stacks/manifest';
import { reviewKey } from './review-key';

let folder: string;
let fake: Awaited<ReturnType<typeof fakeS3>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'review-key-'));
  fake = await fakeS3();
  const backend = { s3: { bucket: 'state', key: 'account.tfstate' } };
  await writeFile(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform: { backend } }));
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

const account = (): Stack => ({ name: 'account', folder, phase: 'bootstrap', dependencies: [] });
function keyOf(stacks: readonly Stack[]): Promise<string> {
  const { clients } = inMemoryEnvironment({ root: folder }).context;
  return reviewKey({ clients: { ...clients, s3: async () => fake.s3 } }, stacks);
}

test('every job of an account has the same key: the lineage of its state', async () => {
  fake.stored.set('/state/account.tfstate', '{"version":4,"lineage":"6d1f","serial":9}');
  expect([await keyOf([account()]), await keyOf([account()])]).toEqual(['6d1f', '6d1f']);
});

test('a state without a lineage gives no key', async () => {
  fake.stored.set('/state/account.tfstate', '{}');
  await expect(keyOf([account()])).rejects.toThrow('state of the account stack');
});

test('without an account no two runs have the same key, so that nothing counts as reviewed', async () => {
  expect(await keyOf([])).not.toBe(await keyOf([]));
});
