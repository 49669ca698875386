import {
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { OversizeError } from '@clarity/domain';
import { describeObjectStore } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createBucket } from '../test/embedded-resources';
import { withScriptedAws } from '../test/scripted-aws';
import { s3ObjectStore } from './s3-object-store';

const clients = testClients();

describeObjectStore('S3', async () => s3ObjectStore(clients.s3, await createBucket(clients)));

it('erases every version of a versioned bucket, and the delete markers', async () => {
  const bucket = await createBucket(clients);
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await clients.s3.send(
    new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }),
  );
  const store = s3ObjectStore(clients.s3, bucket);
  const put = (key: string) => store.put(key, Buffer.from('1'), { contentType: 'text/plain' });
  await put('a');
  await put('a');
  await store.delete('a');
  await put('a');
  await put('a.json');
  await store.erase('a');
  const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(
    new ListObjectVersionsCommand({ Bucket: bucket }),
  );
  expect([...Versions, ...DeleteMarkers].map(({ Key }) => Key)).toEqual(['a.json']);
});

it('does not read an object that is too large, and frees its connection', async () => {
  let closed = () => {};
  const connectionClosed = new Promise<void>((resolve) => (closed = resolve));
  const large = { status: 200, body: 'x', announcedBytes: 5 * 2 ** 30, closed };
  await withScriptedAws([large], async (endpoint) => {
    const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true });
    const get = s3ObjectStore(client, 'bucket').get('key', { mostBytes: 2 ** 20 });
    await expect(get).rejects.toThrow(OversizeError);
    await connectionClosed;
  });
});

it('says unavailable for a bucket that is not there', async () => {
  const store = s3ObjectStore(clients.s3, 'clarity-no-such-bucket');
  await expect(store.ping()).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(store.get('key')).rejects.toMatchObject({ kind: 'unavailable' });
});
