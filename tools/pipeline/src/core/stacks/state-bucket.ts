import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadBucketCommand, HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import { parser } from '@clarity/schema';
import Type from 'typebox';
import { PipelineError } from '../../errors';
import type { Stack } from './manifest';

/** Where a stack keeps its state, by its own configuration. */
export interface StateBucket {
  readonly bucket: string;
  readonly key: string;
}

const parseBackend = parser(
  'state backend',
  Type.Object({
    terraform: Type.Object({
      backend: Type.Object({ s3: Type.Object({ bucket: Type.String(), key: Type.String() }) }),
    }),
  }),
);

export async function stateBucketOf(stack: Stack): Promise<StateBucket> {
  const json: unknown = JSON.parse(await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8'));
  const { bucket, key } = parseBackend(json).terraform.backend.s3;
  return { bucket, key };
}

export async function bucketExists(s3: S3Client, { bucket }: StateBucket): Promise<boolean> {
  return exists(() => s3.send(new HeadBucketCommand({ Bucket: bucket })), bucket);
}

export async function holdsState(s3: S3Client, { bucket, key }: StateBucket): Promise<boolean> {
  return exists(() => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })), bucket);
}

async function exists(head: () => Promise<unknown>, bucket: string): Promise<boolean> {
  try {
    await head();
    return true;
  } catch (error) {
    if (error instanceof NotFound || (error as Error).name === 'NoSuchBucket') return false;
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403)
      throw new PipelineError(
        'environment',
        `The bucket ${bucket} is not this account's, or these credentials may not read it.`,
        'Bucket names are global: choose another in infra/src/environments/accounts.ts.',
        { cause: error },
      );
    throw error;
  }
}
