import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { AwsClients } from '@clarity/aws';
import {
  createBucket,
  createQueue,
  createTable,
  createTopic,
  createUserPool,
} from '@clarity/aws/testing';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DevError } from './dev-error';

export interface Account {
  readonly email: string;
  readonly password: string;
}

export interface PreparedCloud {
  /** Variables of the API's environment that name the resources. */
  readonly variables: Readonly<Record<string, string>>;
  readonly account: Account;
}

const bucket = 'clarity-local-data';
const table = 'clarity-local-health';
const modelPrefix = 'models/pat-s';
const visibilityTimeout = 120;

/** Makes in an empty embedded AWS what the API needs, a confirmed account and a model included. */
export async function prepareCloud(
  clients: AwsClients,
  modelFolder: string,
): Promise<PreparedCloud> {
  const [users, topicArn] = await Promise.all([
    prepareUsers(clients),
    prepareEvents(clients),
    createTable(clients, table),
    publishModel(clients, modelFolder),
  ]);
  return {
    account: users.account,
    variables: {
      TABLE_NAME: table,
      DATA_BUCKET: bucket,
      MODEL_PREFIX: modelPrefix,
      EVENTS_TOPIC_ARN: topicArn,
      USER_POOL_ID: users.userPoolId,
      USER_POOL_CLIENT_ID: users.clientId,
    },
  };
}

async function prepareUsers(clients: AwsClients) {
  const { userPoolId, clientId } = await createUserPool(clients, 'clarity-local-users');
  const account = {
    email: 'developer@clarity.example',
    password: `Aa1-${randomBytes(9).toString('base64url')}`,
  };
  const user = { UserPoolId: userPoolId, Username: account.email };
  await clients.cognito.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: account.email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  // A permanent password confirms the account.
  await clients.cognito.send(
    new AdminSetUserPasswordCommand({ ...user, Password: account.password, Permanent: true }),
  );
  return { userPoolId, clientId, account };
}

async function prepareEvents(clients: AwsClients): Promise<string> {
  const queue = await createQueue(clients, 'clarity-local-analysis-jobs', visibilityTimeout);
  return createTopic(clients, 'clarity-local-health-events', queue);
}

/** @throws DevError if `nx run @clarity/dev-api:model` has not made the bundle */
async function publishModel(clients: AwsClients, folder: string): Promise<void> {
  await createBucket(clients, bucket);
  for (const file of ['model.onnx', 'manifest.json']) {
    const Body = await readFile(join(folder, file)).catch((cause: unknown) => {
      throw new DevError(`${folder} holds no model. Run: npx nx run @clarity/dev-api:model`, {
        cause,
      });
    });
    await clients.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: `${modelPrefix}/${file}`, Body }),
    );
  }
}
