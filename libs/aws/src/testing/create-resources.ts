import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { awsErrorName } from '../connection/aws-errors';
import type { AwsClients } from '../connection/clients';

/** Resources with the shape that infra/ gives them, for tests and for work on one machine. */

export async function createTable({ dynamo }: AwsClients, name: string): Promise<void> {
  await dynamo
    .send(
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
    )
    .catch(unless('ResourceInUseException'));
}

export async function createBucket({ s3 }: AwsClients, name: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: name })).catch(unless('BucketAlreadyOwnedByYou'));
}

/** On a busy machine an answer may be lost: the SDK's second try then finds what the first one made. */
const unless = (name: string) => (error: unknown) => {
  if (awsErrorName(error) !== name) throw error;
};

/**
 * @param visibilityTimeout seconds
 * @returns the queue's URL
 */
export async function createQueue(
  { sqs }: AwsClients,
  name: string,
  visibilityTimeout: number,
): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: { VisibilityTimeout: String(visibilityTimeout) },
    }),
  );
  return QueueUrl;
}

/** @returns the ARN of a topic whose `analysis.requested` messages go to the queue, raw */
export async function createTopic(
  { sns, sqs }: AwsClients,
  name: string,
  queueUrl: string,
): Promise<string> {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
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

/** Accounts by mail address, with the public client through which the API signs them in. */
export async function createUserPool(
  { cognito }: AwsClients,
  name: string,
): Promise<{ readonly userPoolId: string; readonly clientId: string }> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: name,
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
