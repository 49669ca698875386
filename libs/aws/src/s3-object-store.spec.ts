import { describeObjectStore } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createBucket } from '../test/embedded-resources';
import { s3ObjectStore } from './s3-object-store';

const clients = testClients();

describeObjectStore('S3', async () => s3ObjectStore(clients.s3, await createBucket(clients)));

it('says unavailable for a bucket that is not there', async () => {
  const store = s3ObjectStore(clients.s3, 'clarity-no-such-bucket');
  await expect(store.ping()).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(store.get('key')).rejects.toMatchObject({ kind: 'unavailable' });
});
