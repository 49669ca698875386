import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { aUser, anAnalysis } from '@clarity/domain/testing';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { withScriptedAws } from '../../test/scripted-aws';
import { dynamoHealthDataRepository } from '../health-data/dynamo-health-data-repository';
import { s3ObjectStore } from '../s3-object-store';
import { clientSettings } from './client-settings';

const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent() };
afterAll(() => agents.httpAgent.destroy());
const settings = (endpoint: string, timeoutMs = 200) => ({
  region: 'us-east-1',
  endpoint,
  ...clientSettings(agents, timeoutMs),
});

describe('an answer that begins and then stalls is unavailable', () => {
  const stalled = { status: 200, body: '{', announcedBytes: 10 };
  const checksum = { 'x-amz-checksum-crc32': 'AAAAAA==' };

  it.each([
    ['an object', {}],
    ['an object with a checksum', checksum],
  ])('%s', async (_, headers) => {
    await withScriptedAws([{ ...stalled, headers }], async (endpoint) => {
      const client = new S3Client({ ...settings(endpoint), forcePathStyle: true });
      await expect(s3ObjectStore(client, 'bucket').get('key')).rejects.toMatchObject({
        kind: 'unavailable',
        cause: { name: 'TimeoutError' },
      });
    });
  });

  it('an object that its caller gives up', async () => {
    await withScriptedAws([stalled], async (endpoint) => {
      const client = new S3Client({ ...settings(endpoint, 60_000), forcePathStyle: true });
      const signal = AbortSignal.timeout(300);
      await expect(s3ObjectStore(client, 'bucket').get('key', { signal })).rejects.toMatchObject({
        kind: 'unavailable',
      });
    });
  });

  it('an item, if none of three tries ends', async () => {
    await withScriptedAws([stalled], async (endpoint, requests) => {
      const repository = dynamoHealthDataRepository(new DynamoDBClient(settings(endpoint)), 't');
      await expect(repository.findAnalysis(aUser(), anAnalysis().id)).rejects.toMatchObject({
        kind: 'unavailable',
      });
      expect(requests()).toBe(3);
    });
  });
});
