import type { Grant } from './least-privilege-policy';
import { apiGrants, inferenceGrants, workerGrants } from './task-grants';

const data = {
  region: 'us-east-1',
  keyArn: 'arn:key',
  tableArn: 'arn:table',
  bucketArn: 'arn:aws:s3:::bucket',
  topicArn: 'arn:topic',
  jobsQueueArn: 'arn:queue',
  deadLettersArn: 'arn:dead',
};
const may = (grants: readonly Grant[]) =>
  grants.flatMap(({ actions, resources }) =>
    actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
  );

describe('task grants', () => {
  it('allow exactly what the API uses', () => {
    expect(may(apiGrants(data))).toEqual([
      'dynamodb:DeleteItem arn:table',
      'dynamodb:GetItem arn:table',
      'dynamodb:PutItem arn:table',
      'dynamodb:Query arn:table',
      'dynamodb:UpdateItem arn:table',
      'dynamodb:Query arn:table/index/gsi1',
      's3:DeleteObject arn:aws:s3:::bucket/analyses/*',
      's3:GetObject arn:aws:s3:::bucket/analyses/*',
      's3:PutObject arn:aws:s3:::bucket/analyses/*',
      's3:GetObject arn:aws:s3:::bucket/models/*',
      's3:ListBucket arn:aws:s3:::bucket',
      'sns:Publish arn:topic',
      'sqs:ChangeMessageVisibility arn:dead',
      'sqs:DeleteMessage arn:dead',
      'sqs:ReceiveMessage arn:dead',
      'sqs:SendMessage arn:queue',
      'kms:Decrypt arn:key',
      'kms:GenerateDataKey arn:key',
    ]);
  });

  it('allow exactly what the worker uses, including deletion of an erased analysis’s result', () => {
    expect(may(workerGrants(data))).toEqual([
      'sqs:ChangeMessageVisibility arn:queue',
      'sqs:DeleteMessage arn:queue',
      'sqs:ReceiveMessage arn:queue',
      'dynamodb:GetItem arn:table',
      'dynamodb:UpdateItem arn:table',
      's3:DeleteObject arn:aws:s3:::bucket/analyses/*',
      's3:DeleteObjectVersion arn:aws:s3:::bucket/analyses/*',
      's3:GetObject arn:aws:s3:::bucket/analyses/*',
      's3:PutObject arn:aws:s3:::bucket/analyses/*',
      's3:ListBucketVersions arn:aws:s3:::bucket',
      's3:GetObject arn:aws:s3:::bucket/models/*',
      's3:ListBucket arn:aws:s3:::bucket',
      'kms:Decrypt arn:key',
      'kms:GenerateDataKey arn:key',
    ]);
  });

  it('keep SageMaker and Batch away from user data', () => {
    const objects = may(inferenceGrants(data)).filter((each) => each.includes('bucket/'));
    for (const each of objects) expect(each).toMatch(/bucket\/(inference|models)\/\*$/);
    expect(may(inferenceGrants(data)).join()).not.toMatch(/dynamodb|sqs/);
  });

  it('allow use of the key only through AWS services', () => {
    const grants = [...apiGrants(data), ...workerGrants(data), ...inferenceGrants(data)];
    const keys = grants.filter(({ resources }) => resources.includes('arn:key'));
    expect(keys).toHaveLength(3);
    for (const { conditions } of keys)
      expect(Object.keys(conditions?.['StringEquals'] ?? {})).toEqual(['kms:ViaService']);
  });
});
