import { missingFrom } from './trace';

test('a trace is whole if the request, the messages, the worker and its data are in it', () => {
  const names = ['clarity-local-api', 'DynamoDB', 'S3', 'SNS', 'clarity-local-ml-worker', 'SQS'];
  expect(missingFrom(names.map((name) => ({ name })))).toEqual([]);
  expect(missingFrom([{ name: 'clarity-local-api' }, { name: 'S3' }])).toEqual([
    'SNS',
    '-ml-worker',
    'SQS',
    'DynamoDB',
  ]);
});
