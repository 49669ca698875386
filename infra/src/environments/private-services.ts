/**
 * AWS services that tasks reach through interface endpoints. The worker has no other route out, so the
 * list contains every service that it, or its Fargate agent, calls. S3 and DynamoDB have gateway endpoints.
 */
export const privateServices = [
  'ecr.api',
  'ecr.dkr',
  'logs',
  'sqs',
  'sns',
  'secretsmanager',
  'sts',
  'kms',
  'xray',
];
