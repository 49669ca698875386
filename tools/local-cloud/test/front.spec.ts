import { request } from 'node:http';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateBucketCommand,
  GetObjectCommand,
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
import { runCloud, type RunningCloud } from './running-cloud';

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

it('tells how it is', async () => {
  expect(await running.page('/_local/health')).toMatchObject({ status: 'ok' });
  expect((await fetch(`${running.cloud.endpoint}/_local/nothing`)).status).toBe(404);
});
