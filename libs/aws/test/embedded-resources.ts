import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import type { AwsClients } from '../src';

/** Resources with the shape that infra/ gives them, made where a test needs them. */

export async function createTable({ dynamo }: AwsClients): Promise<string> {
  const name = `clarity-test-health-${randomUUID()}`;
  await dynamo.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((attribute) => ({
        AttributeName: attribute,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return name;
}

export async function createBucket({ s3 }: AwsClients): Promise<string> {
  const name = `clarity-test-data-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  return name;
}

/** @returns the URL of a queue with a visibility time-out of one second */
export async function createQueue({ sqs }: AwsClients): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `clarity-test-jobs-${randomUUID()}`,
      Attributes: { VisibilityTimeout: '1' },
    }),
  );
  return QueueUrl;
}

/** @returns the ARN of a topic whose `analysis.requested` go to the queue, raw */
export async function createTopic({ sns, sqs }: AwsClients, queueUrl: string): Promise<string> {
  const { TopicArn = '' } = await sns.send(
    new CreateTopicCommand({ Name: `clarity-test-events-${randomUUID()}` }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: {
        RawMessageDelivery: 'true',
        FilterPolicy: JSON.stringify({ type: ['analysis.requested'] }),
      },
    }),
  );
  return TopicArn;
}

export async function createUserPool({
  cognito,
}: AwsClients): Promise<{ userPoolId: string; clientId: string }> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: `clarity-test-${randomUUID()}`,
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    }),
  );
  const userPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: 'api',
      GenerateSecret: false,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    }),
  );
  return { userPoolId, clientId: UserPoolClient?.ClientId ?? '' };
}
