import type { Grant } from './least-privilege-policy';
import { useKey } from './container-grants';

/** The resources of the data stack that tasks use. */
export interface DataPlane {
  readonly region: string;
  readonly keyArn: string;
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly topicArn: string;
  readonly jobsQueueArn: string;
  readonly deadLettersArn: string;
}

const readWriteKey = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Prefix of the objects of SageMaker and Batch jobs. */
export const inferencePrefix = 'inference';

const readModels = (data: DataPlane): Grant => ({
  sid: 'ReadModels',
  actions: ['s3:GetObject'],
  resources: [`${data.bucketArn}/models/*`],
});

/** Without it S3 answers 403 instead of 404 for a missing key; also for HeadBucket. */
const listBucket = (data: DataPlane): Grant => ({
  sid: 'ListBucket',
  actions: ['s3:ListBucket'],
  resources: [data.bucketArn],
});

/** The worker's image in its other modes: reads models and inputs, writes results, uses no table. */
export const inferenceGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'InputsAndResults',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/${inferencePrefix}/*`],
  },
  readModels(data),
  listBucket(data),
  useKey('Encryption', data.keyArn, readWriteKey, [`s3.${data.region}`]),
];

/** For the API's requests and readiness check. Its user pool client is public and needs no grant. */
export const apiGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'Table',
    // Transactions require the actions that they contain.
    actions: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [data.tableArn],
  },
  {
    // Finds what no worker will end.
    sid: 'AnalysesByStatus',
    actions: ['dynamodb:Query'],
    resources: [`${data.tableArn}/index/gsi1`],
  },
  {
    sid: 'InputsAndResults',
    actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/analyses/*`],
  },
  readModels(data),
  listBucket(data),
  { sid: 'PublishEvents', actions: ['sns:Publish'], resources: [data.topicArn] },
  {
    sid: 'DeadLetters',
    actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    resources: [data.deadLettersArn],
  },
  { sid: 'Redrive', actions: ['sqs:SendMessage'], resources: [data.jobsQueueArn] },
  useKey('Encryption', data.keyArn, readWriteKey, [
    `dynamodb.${data.region}`,
    `s3.${data.region}`,
    `sns.${data.region}`,
    `sqs.${data.region}`,
  ]),
];

/** For the worker's jobs: message, input and result, and the model at the start. */
export const workerGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'Jobs',
    actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    resources: [data.jobsQueueArn],
  },
  {
    sid: 'Analyses',
    actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    resources: [data.tableArn],
  },
  {
    sid: 'InputsAndResults',
    // Erases a result if its analysis was erased or cancelled in the meantime.
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/analyses/*`],
  },
  {
    sid: 'VersionsOfResults',
    actions: ['s3:ListBucketVersions'],
    resources: [data.bucketArn],
    conditions: { StringLike: { 's3:prefix': 'analyses/*' } },
  },
  readModels(data),
  listBucket(data),
  useKey('Encryption', data.keyArn, readWriteKey, [
    `dynamodb.${data.region}`,
    `s3.${data.region}`,
    `sqs.${data.region}`,
  ]),
];
