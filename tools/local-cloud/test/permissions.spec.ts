import {
  ApplicationAutoScalingClient,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { pagePaths, type PermissionRemoval, type PermissionsPage } from '../src/contract';
import { runCloud, type RunningCloud } from './running-cloud';

const account = '123456789012';
const issuer = 'token.actions.githubusercontent.com';
const queueArn = `arn:aws:sqs:us-east-1:${account}:jobs`;
let aws: RunningCloud;
let queueUrl: string;

beforeAll(async () => {
  aws = await runCloud();
  const sqs = new SQSClient(aws.clientSettings);
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }))).QueueUrl ?? '';
  await new S3Client({ ...aws.clientSettings, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'data' }),
  );
});
afterAll(() => aws.stop());

/** Calls the query API: as administrator, or unsigned if there is no service. */
async function query(service: string | undefined, parameters: Record<string, string>) {
  const scope = `test/20260101/us-east-1/${service}/aws4_request`;
  const response = await fetch(aws.cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(service && {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      }),
    },
    body: new URLSearchParams(parameters),
  });
  return { status: response.status, text: await response.text() };
}

const iam = (Action: string, parameters: Record<string, string>) =>
  query('iam', { Action, Version: '2010-05-08', ...parameters });
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource = '*') => ({
  Sid: 'S',
  Effect: 'Allow',
  Action,
  Resource,
});
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** Creates a role and assumes it. */
async function session(name: string, policy: string, more: Record<string, string> = {}) {
  await iam('CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: document({
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'sts:AssumeRole',
    }),
    ...more,
  });
  await iam('PutRolePolicy', { RoleName: name, PolicyName: 'own', PolicyDocument: policy });
  const { text } = await query('sts', {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn(name),
    RoleSessionName: 's',
  });
  const read = (element: string) => new RegExp(`<${element}>([^<]*)`).exec(text)?.[1] ?? '';
  return {
    ...aws.clientSettings,
    maxAttempts: 1,
    credentials: {
      accessKeyId: read('AccessKeyId'),
      secretAccessKey: read('SecretAccessKey'),
      sessionToken: read('SessionToken'),
    },
  };
}
const send = (settings: Awaited<ReturnType<typeof session>>) =>
  new SQSClient(settings).send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'm' }));

it('answers a denied call in the protocol of its service, with the reason', async () => {
  const settings = await session('reader', document(allow('sqs:ReceiveMessage', queueArn)));
  const user = `User: arn:aws:sts::${account}:assumed-role/reader/s is not authorized to perform:`;
  await expect(send(settings)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `${user} sqs:SendMessage on resource: ${queueArn} because no identity-based policy allows the sqs:SendMessage action`,
  });
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'a' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `${user} s3:GetObject on resource: arn:aws:s3:::data/a because no identity-based policy allows the s3:GetObject action`,
  });
  const TopicArn = `arn:aws:sns:us-east-1:${account}:t`;
  await new SNSClient(aws.clientSettings).send(new CreateTopicCommand({ Name: 't' }));
  await expect(
    new SNSClient(settings).send(new PublishCommand({ TopicArn, Message: 'm' })),
  ).rejects.toThrow(`${user} sns:Publish on resource: ${TopicArn}`);
});

it('follows a change of a policy at once', async () => {
  const settings = await session('changing', document(allow('sqs:ReceiveMessage')));
  await expect(send(settings)).rejects.toThrow('is not authorized');
  await iam('PutRolePolicy', {
    RoleName: 'changing',
    PolicyName: 'own',
    PolicyDocument: document(allow('sqs:SendMessage', queueArn)),
  });
  await expect(send(settings)).resolves.toMatchObject({ MessageId: expect.any(String) });
});

it('limits a role to its permissions boundary', async () => {
  await iam('CreatePolicy', { PolicyName: 'limit', PolicyDocument: document(allow('s3:*')) });
  const settings = await session('bounded', document(allow('*')), {
    PermissionsBoundary: `arn:aws:iam::${account}:policy/limit`,
  });
  await expect(send(settings)).rejects.toThrow('because no permissions boundary allows');
});

it('applies managed policies of AWS and the policy of a bucket', async () => {
  const settings = await session('writer', document());
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body: 'x' }));
  await expect(put('a')).rejects.toThrow('is not authorized');
  await iam('AttachRolePolicy', {
    RoleName: 'writer',
    PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
  });
  await put('a');
  const policy = document({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::data/locked/*',
  });
  await new S3Client({ ...aws.clientSettings, forcePathStyle: true }).send(
    new PutBucketPolicyCommand({ Bucket: 'data', Policy: policy }),
  );
  await expect(put('locked/a')).rejects.toThrow('with an explicit deny in a resource-based policy');
  await put('b');
});

it('asks for what Application Auto Scaling checks of its caller', async () => {
  const own = allow('application-autoscaling:RegisterScalableTarget');
  const service = { ...allow(['ecs:DescribeServices', 'ecs:UpdateService']), Sid: 'Service' };
  const settings = await session('scaler', document(own, service));
  const register = () =>
    new ApplicationAutoScalingClient(settings).send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: 'ecs',
        ResourceId: 'service/c/a',
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: 1,
        MaxCapacity: 2,
      }),
    );
  await expect(register()).rejects.toThrow('not authorized to perform: cloudwatch:DescribeAlarms');
  await iam('PutRolePolicy', {
    RoleName: 'scaler',
    PolicyName: 'own',
    PolicyDocument: document(own, service, {
      ...allow(
        ['DescribeAlarms', 'PutMetricAlarm', 'DeleteAlarms'].map((name) => `cloudwatch:${name}`),
      ),
      Sid: 'A',
    }),
  });
  await expect(register()).rejects.toThrow("ECS service doesn't exist");
});

it('refuses what the policy of a key denies to a role', async () => {
  const { credentials } = await session('deployer', document(allow('kms:*')));
  const kms = async (accessKeyId: string, operation: string, input: object) => {
    const scope = `${accessKeyId}/20260101/us-east-1/kms/aws4_request`;
    const response = await fetch(aws.cloud.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as { KeyMetadata?: { KeyId: string }; message?: string };
  };
  const owner = { Principal: { AWS: `arn:aws:iam::${account}:root` }, Resource: '*' };
  const Policy = document(
    { ...owner, Effect: 'Allow', Action: 'kms:*' },
    {
      ...owner,
      Effect: 'Deny',
      Action: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
      Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn('deployer') } },
    },
  );
  const KeyId = (await kms('test', 'CreateKey', { Policy })).KeyMetadata?.KeyId;
  const asRole = (operation: string, input: object = {}) =>
    kms(credentials.accessKeyId, operation, { KeyId, ...input });
  expect(await asRole('DescribeKey')).toMatchObject({ KeyMetadata: { KeyId } });
  const denied = { message: expect.stringContaining('explicit deny in a resource-based policy') };
  expect(await asRole('ScheduleKeyDeletion')).toMatchObject(denied);
  expect(await asRole('PutKeyPolicy', { PolicyName: 'default', Policy })).toMatchObject(denied);
});

it('judges a presigned URL by the role that signed it', async () => {
  const settings = await session('signer', document(allow('s3:GetObject', 'arn:aws:s3:::data/a')));
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const status = async (Key: string) =>
    (await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'data', Key })))).status;
  expect(await status('a')).toBe(200);
  expect(await status('b')).toBe(403);
});

it('rejects an access key that does not exist', async () => {
  const settings = {
    ...aws.clientSettings,
    maxAttempts: 1,
    credentials: { accessKeyId: 'ASIA-UNKNOWN', secretAccessKey: 'x', sessionToken: 'x' },
  };
  await expect(send(settings)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

describe('a call without a signature', () => {
  const unsignedCall = (target: string, body: object) =>
    fetch(aws.cloud.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body: JSON.stringify(body),
    });

  it('is refused in the protocol of the service', async () => {
    const json = await unsignedCall('AmazonSQS.ListQueues', {});
    expect(json.status).toBe(400);
    expect(await json.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const xml = await query(undefined, { Action: 'DeleteUser', Version: '2010-05-08' });
    expect(xml).toMatchObject({
      status: 403,
      text: expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    });
    const inUrl = await fetch(`${aws.cloud.endpoint}/?Action=ListUsers&Version=2010-05-08`);
    expect(inUrl.status).toBe(403);
  });

  it('may sign a user up, and read the keys of a user pool', async () => {
    const signUp = await unsignedCall('AWSCognitoIdentityProviderService.SignUp', {
      ClientId: 'missing',
      Username: 'a',
      Password: 'b',
    });
    expect(await signUp.json()).toMatchObject({ __type: 'ResourceNotFoundException' });
    const keys = await fetch(`${aws.cloud.endpoint}/us-east-1_pool/.well-known/jwks.json`);
    expect(keys.status).toBe(200);
  });

  it('reads from S3 what the policy of the bucket allows to everyone', async () => {
    const s3 = new S3Client({ ...aws.clientSettings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'site' }));
    for (const Key of ['open/a', 'closed'])
      await s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body: 'x' }));
    const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
    const Policy = document({ ...everyone, Resource: 'arn:aws:s3:::site/open/*' });
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'site', Policy }));
    const status = async (path: string, method = 'GET') =>
      (await fetch(`${aws.cloud.endpoint}/${path}`, { method })).status;
    expect(await status('site/open/a')).toBe(200);
    expect(await status('site/closed')).toBe(403);
    expect(await status('site/open/a', 'DELETE')).toBe(403);
    expect(await status('data/a')).toBe(403);
  });

  it('is listed', async () => {
    await unsignedCall('AmazonSQS.PurgeQueue', {});
    const { unsigned } = await aws.page<PermissionsPage>(pagePaths.permissions);
    expect(unsigned).toContainEqual({ operation: 'PurgeQueue', count: 1 });
  });
});

describe('a role for a web identity', () => {
  const assume = (RoleArn: string, sub: string) => {
    const claims = { iss: `https://${issuer}`, sub, aud: 'sts.amazonaws.com' };
    const token = ['{}', JSON.stringify(claims), 'signature'].map((part) =>
      Buffer.from(part).toString('base64url'),
    );
    return query(undefined, {
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn,
      RoleSessionName: 's',
      WebIdentityToken: token.join('.'),
    });
  };

  it('is assumed only as its trust policy allows', async () => {
    await iam('CreateRole', {
      RoleName: 'github',
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:sub`]: 'repo:clarity/clarity:environment:prod',
            [`${issuer}:aud`]: 'sts.amazonaws.com',
          },
        },
      }),
    });
    expect(await assume(roleArn('github'), 'repo:clarity/clarity:environment:prod')).toMatchObject({
      status: 200,
    });
    const refused = await assume(roleArn('github'), 'repo:fork/clarity:environment:prod');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  });

  it('has to exist', async () => {
    expect(await assume(roleArn('missing'), 'x')).toMatchObject({ status: 403 });
  });
});

it('shows what was called, denied and never exercised', async () => {
  const settings = await session(
    'reported',
    document(allow(['sqs:SendMessage', 'sqs:Receive*'], queueArn), {
      ...allow('sns:Publish'),
      Sid: 'Never',
    }),
  );
  await send(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'a' })).catch(() => undefined);
  const page = await aws.page<PermissionsPage>(pagePaths.permissions);
  const role = roleArn('reported');
  expect(page.mode).toBe('enforce');
  expect(page.unmapped).toEqual([]);
  expect(page.principals).toContainEqual({ arn: role, calls: 2 });
  expect(page.denied.filter((row) => row.role === role)).toMatchObject([
    { action: 's3:GetObject', resource: 'arn:aws:s3:::data/a', count: 1 },
  ]);
  expect(page.statements.filter((row) => row.role === role)).toEqual([
    {
      role,
      policy: 'own',
      sid: 'S',
      exercised: true,
      actions: [
        { action: 'sqs:SendMessage', exercised: 1 },
        { action: 'sqs:Receive*', exercised: 0 },
      ],
    },
    {
      role,
      policy: 'own',
      sid: 'Never',
      exercised: false,
      actions: [{ action: 'sns:Publish', exercised: 0 }],
    },
  ]);
  expect(page.requests.filter((row) => row.role === role).map(({ action }) => action)).toEqual([
    'sqs:SendMessage',
    's3:GetObject',
  ]);

  const removals = await aws.page<readonly PermissionRemoval[]>(pagePaths.permissionRemovals);
  expect(removals.filter((row) => row.role === role)).toMatchObject([
    { action: 'sqs:SendMessage', exercised: true, noticed: true },
    { action: 'sqs:Receive*', exercised: false, noticed: false },
    { action: 'sns:Publish', exercised: false, noticed: false },
  ]);
});
