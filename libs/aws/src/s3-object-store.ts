import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { OversizeError, type CallOptions, type ObjectStore } from '@clarity/domain';
import type { Readable } from 'node:stream';
import { abortable } from './connection/abortable';
import { awsErrorName, callAws } from './connection/aws-errors';

const maxTries = 4;

/**
 * One bucket. The role needs `s3:ListBucket` on it: without, S3 answers 403 for a key that is not
 * there, which looks like a failure.
 */
export function s3ObjectStore(client: S3Client, bucket: string): ObjectStore {
  return {
    bucket,

    async put(key, bytes, { contentType, ifAbsent, ...options }) {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        ChecksumAlgorithm: 'SHA256',
        ...(ifAbsent && { IfNoneMatch: '*' }),
      });
      return callAws('S3', async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            await client.send(put, abortable(options));
            return 'stored';
          } catch (error) {
            if (awsErrorName(error) === 'PreconditionFailed') return 'exists';
            // Two conditional writers at once: S3 lets neither decide for the other, ask again.
            const undecided = awsErrorName(error) === 'ConditionalRequestConflict';
            if (!undecided || attempt === maxTries) throw error;
          }
        }
      });
    },

    async get(key, { mostBytes = Infinity, ...options } = {}) {
      return callAws('S3', async () => {
        try {
          const object = await client.send(
            new GetObjectCommand({ Bucket: bucket, Key: key }),
            abortable(options),
          );
          if ((object.ContentLength ?? Infinity) > mostBytes) {
            // What is not read would keep its connection from other calls.
            (object.Body as Readable | undefined)?.destroy();
            throw new OversizeError('object', mostBytes);
          }
          return {
            bytes: (await object.Body?.transformToByteArray()) ?? new Uint8Array(),
            contentType: object.ContentType ?? 'application/octet-stream',
          };
        } catch (error) {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        }
      });
    },

    async delete(key, options) {
      const remove = new DeleteObjectCommand({ Bucket: bucket, Key: key });
      await callAws('S3', () => client.send(remove, abortable(options)));
    },

    async erase(key, options) {
      await callAws('S3', async () => {
        for (;;) {
          const Objects = await versionsOf(client, bucket, key, options);
          if (Objects.length === 0) return;
          const remove = { Bucket: bucket, Delete: { Objects, Quiet: true } };
          const { Errors = [] } = await client.send(
            new DeleteObjectsCommand(remove),
            abortable(options),
          );
          const [failed] = Errors;
          if (failed) throw Object.assign(new Error(failed.Message), { name: failed.Code });
        }
      });
    },

    async ping(options) {
      const head = new HeadBucketCommand({ Bucket: bucket });
      await callAws('S3', () => client.send(head, abortable(options)));
    },
  };
}

/** Some versions and delete markers of an object; none if nothing is left of it. */
async function versionsOf(
  client: S3Client,
  bucket: string,
  key: string,
  options: CallOptions | undefined,
): Promise<{ Key: string; VersionId: string }[]> {
  // Keys are sorted, so those of this object come before longer ones with the same beginning.
  const list = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key });
  const { Versions = [], DeleteMarkers = [] } = await client.send(list, abortable(options));
  return [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
    Key === key && VersionId !== undefined ? [{ Key, VersionId }] : [],
  );
}
