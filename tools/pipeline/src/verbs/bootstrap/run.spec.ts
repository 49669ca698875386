import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeS3 } from '../../../test/fake-s3';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import type { TerraformContext } from '../../core/context';
import { bootstrapAccount } from './run';

const bucket = '/clarity-state';
const state = '/clarity-state/account.tfstate';
let root: string;
let fake: Awaited<ReturnType<typeof fakeS3>>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bootstrap-'));
  fake = await fakeS3();
  await mkdir(join(root, 'clarity-account'));
  const s3 = { bucket: bucket.slice(1), key: 'account.tfstate' };
  const code = JSON.stringify({ terraform: { backend: { s3 } } });
  await writeFile(join(root, 'clarity-account/cdk.tf.json'), code);
});
afterEach(async () => {
  await fake.close();
  await rm(root, { recursive: true });
});

const creates = {
  applyable: true,
  resource_changes: [
    {
      address: 'aws_s3_bucket.state',
      type: 'aws_s3_bucket',
      change: { actions: ['create' as const] },
    },
  ],
};

/** An account in which Terraform creates the bucket, unless it exists, and moves the state there. */
function account({ settles = true, moves = true } = {}) {
  const { context, lines } = inMemoryEnvironment({ root });
  const clients = { ...context.clients, s3: async () => fake.s3 };
  const plain = withTerraform({ ...context, clients }, [], { 'clarity-account': {} });
  const calls: string[] = [];
  const terraformOf: TerraformContext['terraformOf'] = (stack) => ({
    ...plain.terraformOf(stack),
    plan: async () => (fake.stored.has(bucket) && settles ? {} : creates),
    apply: async () => {
      const files = await readdir(stack.folder);
      calls.push(files.includes('backend_override.tf.json') ? 'apply, state on disk' : 'apply');
      fake.stored.set(bucket, '');
    },
    moveState: async () => {
      calls.push('move state');
      if (moves) fake.stored.set(state, '{}');
    },
  });
  const stamps = {
    ...plain.stamps,
    forget: async () => void calls.push('forget what was applied'),
    remember: async () => void calls.push('remember what was applied'),
  };
  const bootstrap = () => bootstrapAccount({ ...plain, terraformOf, stamps }, 'nonproduction');
  return { bootstrap, calls, lines };
}
const leaveStateOnDisk = async () => {
  await mkdir(join(root, '.local/bootstrap'), { recursive: true });
  await writeFile(join(root, '.local/bootstrap/nonproduction.tfstate'), '{}');
};
const onDisk = () => readdir(join(root, '.local/bootstrap'));

test('a new account gets its bucket, and then the state moves into it', async () => {
  const { bootstrap, calls, lines } = account();
  await bootstrap();
  expect(calls).toEqual([
    'forget what was applied',
    'apply, state on disk',
    'move state',
    'remember what was applied',
  ]);
  expect(fake.stored.has(state)).toBe(true);
  expect(lines).toContain('this account is new');
  expect(lines.at(-1)).toMatch(/^bootstrapped: /);
});

test('a second bootstrap changes nothing', async () => {
  await account().bootstrap();
  const { bootstrap, calls } = account();
  await bootstrap();
  expect(calls).toEqual(['remember what was applied']);
});

test('a bootstrap that was killed before the state moved is continued', async () => {
  fake.stored.set(bucket, '');
  await leaveStateOnDisk();
  const { bootstrap, calls, lines } = account();
  await bootstrap();
  expect(calls).toEqual(['move state', 'remember what was applied']);
  expect(lines).toContain('continuing an interrupted bootstrap');
  await expect(onDisk()).resolves.toEqual([]);
});

test('a state that did not arrive in the bucket stays on disk', async () => {
  await leaveStateOnDisk();
  await expect(account({ moves: false }).bootstrap()).rejects.toMatchObject({
    reason: 'terraform',
    message: 'The state did not arrive in clarity-state.',
  });
  await expect(onDisk()).resolves.toEqual(['nonproduction.tfstate']);
});

test('a bucket without a state is not created again: a person restores the state', async () => {
  fake.stored.set(bucket, '');
  const { bootstrap, calls } = account();
  await expect(bootstrap()).rejects.toMatchObject({
    reason: 'environment',
    message: 'There is a bucket clarity-state, but no state that includes it.',
    advice: expect.stringMatching(/^Restore an older version/),
  });
  expect(calls).toEqual([]);
});

test('a bucket of another account is reported as such', async () => {
  fake.forbidden.add(bucket);
  await expect(account().bootstrap()).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining("clarity-state is not this account's"),
    advice: expect.stringContaining('Bucket names are global'),
  });
});

test('an account that would change again is not bootstrapped', async () => {
  const { bootstrap, calls } = account({ settles: false });
  await expect(bootstrap()).rejects.toMatchObject({
    reason: 'terraform',
    message:
      'The apply did not settle: the next one would have 1 to add, 0 to change, 0 to destroy.',
  });
  expect(calls).not.toContain('remember what was applied');
});
