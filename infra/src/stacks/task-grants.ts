import type { Grant } from '../constructs/least-privilege-policy';
import { useKey } from '../constructs/task-role';

/** The data plane, as the grants name it. */
export interface DataPlane {
  readonly region: string;
  readonly keyArn: string;
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly topicArn: string;
  readonly jobsQueueArn: string;
  readonly userPoolArn: string;
}

const readWriteKey = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** What the API's requests and its readiness check take. */
export const apiGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'Table',
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:DescribeTable',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [data.tableArn, `${data.tableArn}/index/gsi1`],
  },
  {
    sid: 'Objects',
    actions: [
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ],
    resources: ['raw', 'analyses', 'exports'].map((prefix) => `${data.bucketArn}/${prefix}/*`),
  },
  { sid: 'ReadModels', actions: ['s3:GetObject'], resources: [`${data.bucketArn}/models/*`] },
  // Without it S3 answers 403, not 404, for a key that is not there; also HeadBucket.
  { sid: 'ListBucket', actions: ['s3:ListBucket'], resources: [data.bucketArn] },
  {
    sid: 'PublishEvents',
    actions: ['sns:GetTopicAttributes', 'sns:Publish'],
    resources: [data.topicArn],
  },
  {
    sid: 'UserPool',
    actions: ['cognito-idp:DescribeUserPool', 'cognito-idp:DescribeUserPoolClient'],
    resources: [data.userPoolArn],
  },
  useKey('Encryption', data.keyArn, readWriteKey, [
    `dynamodb.${data.region}`,
    `s3.${data.region}`,
    `sns.${data.region}`,
  ]),
];

/** What a job takes: its message, its input, one result, and the model at the start. */
export const workerGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'Jobs',
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    resources: [data.jobsQueueArn],
  },
  {
    sid: 'Analyses',
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    resources: [data.tableArn],
  },
  {
    sid: 'InputsAndResults',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/analyses/*`],
  },
  { sid: 'ReadModels', actions: ['s3:GetObject'], resources: [`${data.bucketArn}/models/*`] },
  { sid: 'ListBucket', actions: ['s3:ListBucket'], resources: [data.bucketArn] },
  {
    ...useKey('Encryption', data.keyArn, readWriteKey, [
      `dynamodb.${data.region}`,
      `s3.${data.region}`,
      `sqs.${data.region}`,
    ]),
  },
];
