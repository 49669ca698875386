import { request } from 'node:http';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeClustersCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  ApplicationAutoScalingClient,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHash, randomBytes } from 'node:crypto';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

let running: RunningCloud;
let s3: S3Client;
const Bucket = 'clarity-test';

beforeAll(async () => {
  running = await runCloud();
  s3 = new S3Client({ ...running.clientSettings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await running.stop();
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('carries large bodies both ways unchanged, conditions and status codes too', async () => {
  const Body = randomBytes(8 * 1024 * 1024);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'raw/big', Body, IfNoneMatch: '*' }));
  const again = s3.send(new PutObjectCommand({ Bucket, Key: 'raw/big', Body, IfNoneMatch: '*' }));
  await expect(again).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  const { Body: read } = await s3.send(new GetObjectCommand({ Bucket, Key: 'raw/big' }));
  expect(sha256((await read?.transformToByteArray()) ?? new Uint8Array())).toBe(sha256(Body));
});

it('lets presigned URLs work, for upload and for download', async () => {
  const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'signed' }));
  expect((await fetch(put, { method: 'PUT', body: 'hello' })).status).toBe(200);
  const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'signed' }));
  expect(await (await fetch(get)).text()).toBe('hello');
});

it('answers Expect: 100-continue before the body comes', async () => {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'patient' }));
  const status = await new Promise((resolve, reject) => {
    const upload = request(url, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': 4 },
    });
    upload.once('continue', () => upload.end('body'));
    upload.once('response', (response) => resolve(response.resume().statusCode));
    upload.once('error', reject);
    upload.flushHeaders();
  });
  expect(status).toBe(200);
});

it('hands out queue URLs that lead through the front', async () => {
  const sqs = new SQSClient(running.clientSettings);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  expect(QueueUrl).toBe(`${running.cloud.endpoint}/123456789012/jobs`);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  expect(Messages?.[0]?.Body).toBe('x');
});

it("serves a user pool's public keys to anyone", async () => {
  const cognito = new CognitoIdentityProviderClient(running.clientSettings);
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'pool' }));
  const keys = await running.page<{ keys: { kty: string }[] }>(
    `/${UserPool?.Id ?? ''}/.well-known/jwks.json`,
  );
  expect(keys.keys[0]?.kty).toBe('RSA');
});

it('refuses to scale a service that does not exist, as AWS does', async () => {
  const scaling = new ApplicationAutoScalingClient(running.clientSettings);
  await expect(
    scaling.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: 'ecs',
        ResourceId: 'service/none/none',
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: 1,
        MaxCapacity: 2,
      }),
    ),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

describe('faults', () => {
  const faults = (method: string, body?: object) =>
    fetch(`${running.cloud.endpoint}/_local/faults`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
  afterEach(() => faults('DELETE'));

  it('answers so many calls as asked for, in the shape of each protocol', async () => {
    const throttled = { status: 400, code: 'ThrottlingException', times: 1 };
    for (const service of ['ecs', 'monitoring', 'elasticloadbalancing', 's3'])
      expect((await faults('POST', { ...throttled, service })).status).toBe(200);
    const once = { ...running.clientSettings, maxAttempts: 1 };
    const error = {
      name: 'ThrottlingException',
      message: expect.stringContaining('/_local/faults'),
    };
    const ecs = new ECSClient(once);
    await expect(ecs.send(new ListClustersCommand())).rejects.toMatchObject(error);
    await expect(ecs.send(new ListClustersCommand())).resolves.toBeDefined();
    const cloudWatch = new CloudWatchClient(once);
    await expect(cloudWatch.send(new DescribeAlarmsCommand())).rejects.toMatchObject(error);
    const elb = new ElasticLoadBalancingV2Client(once);
    await expect(elb.send(new DescribeLoadBalancersCommand())).rejects.toMatchObject(error);
    const storage = new S3Client({ ...once, forcePathStyle: true });
    await expect(storage.send(new ListBucketsCommand())).rejects.toMatchObject(error);
    for (const client of [ecs, cloudWatch, elb, storage]) client.destroy();
    expect(await (await faults('GET')).json()).toEqual([]);
  });

  it('lets clients that try again get through, and other operations at once', async () => {
    const fault = { service: 'ecs', operations: ['ListClusters'], status: 500, times: 2 };
    await faults('POST', { ...fault, code: 'ServerException' });
    await running.ecs.send(new DescribeClustersCommand());
    const { $metadata } = await running.ecs.send(new ListClustersCommand());
    expect($metadata.attempts).toBe(3);
  });

  it('answers as late as a fault asks for, until the faults are cleared', async () => {
    const secondsOf = async (work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      return (performance.now() - startedAt) / 1000;
    };
    const ask = () => fetch(running.cloud.endpoint, { method: 'POST', body: 'Action=Nothing' });
    await faults('POST', { latencyMs: 2000 });
    expect(await secondsOf(ask)).toBeGreaterThan(1.99);
    expect(await secondsOf(() => faults('DELETE'))).toBeLessThan(1.99);
    await ask();
    expect(await secondsOf(ask)).toBeLessThan(1.99);
  });

  it('says what is wrong with a fault', async () => {
    const refused = await faults('POST', { service: 'ecs', status: 200, code: 'X', times: 1 });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ pointer: '/status' })]),
    });
  });

  it('takes the front away and brings it back on the same port', async () => {
    const asked = Date.now();
    expect((await faults('POST', { frontDownMs: 400 })).status).toBe(200);
    const ask = () =>
      fetch(`${running.cloud.endpoint}/_local/health`).then(
        ({ status }) => status,
        () => undefined,
      );
    expect(await eventually(ask, (status) => status === undefined)).toBeUndefined();
    await eventually(ask, (status) => status === 200);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(400);
  });
});

it('tells how it is', async () => {
  expect(await running.page('/_local/health')).toMatchObject({ status: 'ok' });
  expect(await running.page('/_local/traffic')).toEqual([]);
  expect(await running.page('/_local/timeline')).toEqual([]);
  expect((await fetch(`${running.cloud.endpoint}/_local/nothing`)).status).toBe(404);
});
