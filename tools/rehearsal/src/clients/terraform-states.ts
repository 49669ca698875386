import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';

/** What Terraform keeps in the account, by key: states, and a `.tflock` next to each that is locked. */
export async function terraformStates(endpoint: string): Promise<ReadonlyMap<string, string>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  try {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const Bucket = Buckets.find(({ Name }) => Name?.startsWith('clarity-tfstate-'))?.Name;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const keys = Contents.flatMap(({ Key = '' }) => (/\.tf(state|lock)$/.test(Key) ? Key : []));
    const bodies = await Promise.all(
      keys.map(async (Key) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return text(Body as Readable);
      }),
    );
    return new Map(keys.map((key, n) => [key, bodies[n] ?? '']));
  } finally {
    s3.destroy();
  }
}
