import { identifyRequest } from './identify-request';

const scope = (service: string, region = 'eu-west-1') =>
  `AWS4-HMAC-SHA256 Credential=test/20250101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

it.each([
  [
    'an ECS target, independent of the signature',
    { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' },
    '/',
    { service: 'ecs', action: 'ListTasks', region: 'us-east-1' },
  ],
  [
    'the credential scope',
    { authorization: scope('elasticloadbalancing') },
    '/',
    {
      service: 'elasticloadbalancing',
      action: undefined,
      region: 'eu-west-1',
      accessKeyId: 'test',
    },
  ],
  [
    'the target of another JSON service',
    { authorization: scope('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.PutItem' },
    '/',
    { service: 'dynamodb', action: 'PutItem', region: 'eu-west-1', accessKeyId: 'test' },
  ],
  [
    'a presigned query',
    {},
    '/bucket/key?X-Amz-Credential=test%2F20250101%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Signature=0',
    { service: 's3', action: undefined, region: 'us-west-2', accessKeyId: 'test' },
  ],
  [
    'a query presigned by version 2',
    {},
    '/bucket/key?AWSAccessKeyId=test&Signature=0&Expires=1',
    { service: 's3', action: undefined, region: 'us-east-1', accessKeyId: 'test' },
  ],
  [
    'the host',
    { host: 'sqs.us-east-2.amazonaws.com' },
    '/',
    { service: 'sqs', action: undefined, region: 'us-east-2' },
  ],
  [
    'nothing at all',
    { host: '127.0.0.1:4566' },
    '/us-east-1_pool/.well-known/jwks.json',
    { service: undefined, action: undefined, region: 'us-east-1' },
  ],
])('goes by %s', (_what, headers, url, expected) => {
  expect(identifyRequest({ headers, url })).toEqual(expected);
});
