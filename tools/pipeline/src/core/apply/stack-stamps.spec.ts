import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { testStack } from '../../../test/test-stack';
import { stackStamps } from './stack-stamps';

const s3 = new S3Client({ forcePathStyle: true });
const ssm = new SSMClient();
const bucket = `states-${randomUUID()}`;
let folder: string;
beforeAll(() => s3.send(new CreateBucketCommand({ Bucket: bucket })));
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'stack-stamps-'))));
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => {
  s3.destroy();
  ssm.destroy();
});

const stateAt = (name: string) => ({ bucket, key: `${name}.tfstate` });
const changeState = (name: string) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key: stateAt(name).key, Body: randomUUID() }));
const writeCode = (tasks = 1) =>
  writeFile(
    join(folder, 'cdk.tf.json'),
    JSON.stringify({
      terraform: { backend: { s3: stateAt('services') } },
      data: { terraform_remote_state: { data: { backend: 's3', config: stateAt('data') } } },
      locals: { tasks },
    }),
  );

/** A stack that was just applied, and its stamps. */
async function applied() {
  await writeCode();
  await changeState('services');
  await changeState('data');
  const stack = testStack('services', { folder });
  const stamps = stackStamps({ ssm, s3 }, `env${randomUUID()}`);
  expect(await stamps.isApplied(stack, { image: 'a' })).toBe(false);
  await stamps.remember(stack, { image: 'a' });
  expect(await stamps.isApplied(stack, { image: 'a' })).toBe(true);
  return { stack, stamps };
}

test.each([
  ['its code', () => writeCode(2)],
  ['its state', () => changeState('services')],
  ['the state of a stack that it reads', () => changeState('data')],
])('a stack is to be applied again once %s has changed', async (_, change) => {
  const { stack, stamps } = await applied();
  await change();
  expect(await stamps.isApplied(stack, { image: 'a' })).toBe(false);
});

test('other variables have to be applied', async () => {
  const { stack, stamps } = await applied();
  expect(await stamps.isApplied(stack, { image: 'b' })).toBe(false);
});

test('an apply that began and did not end leaves nothing that counts as applied', async () => {
  const { stack, stamps } = await applied();
  await stamps.forget(stack);
  expect(await stamps.isApplied(stack, { image: 'a' })).toBe(false);
});
