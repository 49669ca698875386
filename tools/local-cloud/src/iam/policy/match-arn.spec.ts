import { matchesArn } from './match-arn';

it.each([
  ['*', 'arn:aws:s3:::bucket', true],
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a:b/c', true],
  ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/a', false],
  ['arn:aws:s3:::Bucket', 'arn:aws:s3:::bucket', false],
  ['arn:aws:logs:*:1:log-group:a', 'arn:aws:logs:us-east-1:1:log-group:a', true],
  ['arn:aws:logs:*:log-group:a', 'arn:aws:logs:us-east-1:1:log-group:a', false],
  ['arn:aws:iam::1:role/*-task', 'arn:aws:iam::1:role/app/api-task', true],
  ['arn:aws:sns:*', 'arn:aws:sns:us-east-1:1:topic', true],
  ['arn:aws:sns:?', 'arn:aws:sns:us-east-1:1:topic', false],
  ['arn:aws:sqs:us-east-1:1:clarity-?', 'arn:aws:sqs:us-east-1:1:clarity-12', false],
  ['arn:aws:sqs:us-east-1:1:q', '*', false],
])('%s covers %s: %s', (pattern, arn, covers) => {
  expect(matchesArn(pattern, arn)).toBe(covers);
});
