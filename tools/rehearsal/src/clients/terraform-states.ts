import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { administrator, region } from './embedded-account';

/** What Terraform keeps in the account: states, and a `.tflock` next to each that is locked. */
export interface TerraformStates {
  keys(): Promise<readonly string[]>;
  read(key: string): Promise<string>;
}

/** Of the embedded AWS at `endpoint`. */
export function terraformStates(endpoint: string): TerraformStates {
  const credentials = administrator;
  const s3 = new S3Client({ endpoint, region, forcePathStyle: true, credentials });
  const bucket = async () => {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    return Buckets.find(({ Name }) => Name?.startsWith('clarity-tfstate-'))?.Name;
  };
  return {
    async keys() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await bucket() }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    async read(Key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: await bucket(), Key }));
      return text(Body as Readable);
    },
  };
}
