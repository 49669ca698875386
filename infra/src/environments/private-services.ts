/**
 * AWS services that tasks reach through interface endpoints. The worker has no other way out, so
 * everything that it, or the Fargate agent on its behalf, calls is here; S3 and DynamoDB have gateway
 * endpoints.
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
