import { timed } from '@clarity/domain';
import { aSample, aUser } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createBucket, createTable } from '../test/embedded-resources';
import { createAwsCloud } from './aws-cloud';

const clients = testClients();

describe('the AWS cloud', () => {
  it('serves the ports from the environment, and can be closed', async () => {
    const cloud = createAwsCloud({
      region: 'us-east-1',
      tableName: await createTable(clients),
      dataBucket: await createBucket(clients),
    });
    const userId = aUser();
    expect(await cloud.healthData.addSamples(userId, [timed(aSample())])).toEqual(['created']);
    expect(await cloud.idempotency.claim(userId, 'key', 'f', 0)).toMatchObject({
      state: 'claimed',
    });
    await cloud.objects.ping();
    cloud.close();
  });

  it('says what is missing when a port is used that has no config', async () => {
    const cloud = createAwsCloud({ region: 'us-east-1', tableName: 't', dataBucket: 'b' });
    await expect(cloud.auth.ping()).rejects.toThrow('auth.ping needs auth in');
    await expect(cloud.analysisJobs.complete('r')).rejects.toThrow('needs jobsQueueUrl');
    expect(await Promise.resolve(cloud.events)).toBe(cloud.events);
    cloud.close();
  });
});
