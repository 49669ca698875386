import type { Grant } from './least-privilege-policy';
import { useKey } from './container-grants';

/** The data plane, as the grants name it. */
export interface DataPlane {
  readonly region: string;
  readonly keyArn: string;
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly topicArn: string;
  readonly jobsQueueArn: string;
}

const readWriteKey = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Objects of jobs that come by SageMaker or Batch instead of the queue. */
export const inferencePrefix = 'inference';

const readModels = (data: DataPlane): Grant => ({
  sid: 'ReadModels',
  actions: ['s3:GetObject'],
  resources: [`${data.bucketArn}/models/*`],
});

/** Without it S3 answers 403, not 404, for a key that is not there; also HeadBucket. */
const listBucket = (data: DataPlane): Grant => ({
  sid: 'ListBucket',
  actions: ['s3:ListBucket'],
  resources: [data.bucketArn],
});

/** What the worker's image does in its other modes: models and inputs in, answers out, no table. */
export const inferenceGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'InputsAndAnswers',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/${inferencePrefix}/*`],
  },
  readModels(data),
  listBucket(data),
  useKey('Encryption', data.keyArn, readWriteKey, [`s3.${data.region}`]),
];

/** What the API's requests and its readiness check take. Its user pool client is public: no grant. */
export const apiGrants = (data: DataPlane): readonly Grant[] => [
  {
    sid: 'Table',
    // Transactions need the actions that they are made of.
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
    sid: 'InputsAndResults',
    actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/analyses/*`],
  },
  readModels(data),
  listBucket(data),
  { sid: 'PublishEvents', actions: ['sns:Publish'], resources: [data.topicArn] },
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
    // Deletes a result whose analysis was erased meanwhile.
    actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    resources: [`${data.bucketArn}/analyses/*`],
  },
  readModels(data),
  listBucket(data),
  useKey('Encryption', data.keyArn, readWriteKey, [
    `dynamodb.${data.region}`,
    `s3.${data.region}`,
    `sqs.${data.region}`,
  ]),
];
