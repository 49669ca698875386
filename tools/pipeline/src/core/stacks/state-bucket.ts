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

const place = Type.Object({ bucket: Type.String(), key: Type.String() });
const parseBackend = parser(
  'state backend',
  Type.Object({
    terraform: Type.Object({ backend: Type.Object({ s3: place }) }),
    data: Type.Optional(
      Type.Object({
        terraform_remote_state: Type.Optional(
          Type.Record(Type.String(), Type.Object({ config: place })),
        ),
      }),
    ),
  }),
);

export async function stateBucketOf(stack: Stack): Promise<StateBucket> {
  const [own] = await statesOf(stack);
  return own;
}

/** @returns a stack's own state and those of the stacks whose outputs it reads */
export async function statesOf(stack: Stack): Promise<[StateBucket, ...StateBucket[]]> {
  const json: unknown = JSON.parse(await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8'));
  const { terraform, data } = parseBackend(json);
  const others = Object.values(data?.terraform_remote_state ?? {}).map(({ config }) => config);
  const placeOf = ({ bucket, key }: StateBucket) => ({ bucket, key });
  return [placeOf(terraform.backend.s3), ...others.map(placeOf)];
}

/** @returns what is another at every change of a state; undefined if there is none */
export async function stateVersion(
  s3: S3Client,
  { bucket, key }: StateBucket,
): Promise<string | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
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
