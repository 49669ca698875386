import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { AwsContext } from '../context';
import type { Stack } from '../stacks/manifest';
import { stateBucketOf } from '../stacks/state-bucket';

/**
 * Keeps the program that deployed a release as `pipeline/<environment>/main.js` in the bucket of the
 * account's state. rollback.yml runs it: it needs no packages and no build, both of which a broken main may
 * not have.
 */
export async function keepProgram(
  { workspace, environment, clients }: AwsContext,
  stacks: readonly Stack[],
): Promise<void> {
  const [stack] = stacks;
  if (!stack) return;
  const { bucket: Bucket } = await stateBucketOf(stack);
  const Body = await readFile(join(workspace.dist, 'tools/pipeline/main.js'));
  const Key = `pipeline/${environment}/main.js`;
  await (await clients.s3()).send(new PutObjectCommand({ Bucket, Key, Body }));
}
