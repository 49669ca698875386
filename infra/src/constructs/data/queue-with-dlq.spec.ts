import { account, all, keyArn, parsed, synthesise } from '../../../test/synthesise';
import { QueueWithDlq } from './queue-with-dlq';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:events';
const stack = synthesise((scope) => {
  new QueueWithDlq(scope, 'jobs', {
    name: 'clarity-test-jobs',
    account,
    keyArn,
    topicArn,
    visibilitySeconds: 120,
    maxReceives: 5,
    retentionDays: 4,
    resourceTimeout: '5m',
  });
});
const queues = all(stack, 'aws_sqs_queue');
const queue = queues['jobs_queue'];
const dead = queues['jobs_dead-letters'];

describe('QueueWithDlq', () => {
  it('moves jobs to its own dead-letter queue after the maximum of receives', () => {
    expect(parsed(queue?.['redrive_policy'])).toEqual({
      deadLetterTargetArn: '${aws_sqs_queue.jobs_dead-letters.arn}',
      maxReceiveCount: 5,
    });
    expect(parsed(dead?.['redrive_allow_policy'])).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [`arn:aws:sqs:us-east-1:${account.id}:clarity-test-jobs`],
    });
    expect(dead).toMatchObject({ name: 'clarity-test-jobs-dlq' });
  });

  it('retains dead letters at least as long as jobs', () => {
    expect(Number(dead?.['message_retention_seconds'])).toBeGreaterThanOrEqual(
      Number(queue?.['message_retention_seconds']),
    );
  });

  it('accepts messages only from its topic, over TLS, encrypted with our key', () => {
    for (const one of [queue, dead]) {
      expect(parsed(one?.['policy']).Statement).toMatchObject([
        {
          Action: 'sqs:SendMessage',
          Resource: `arn:aws:sqs:us-east-1:${account.id}:${String(one?.['name'])}`,
          Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
        },
        { Sid: 'DenyInsecureTransport' },
      ]);
      expect(one).toMatchObject({ kms_master_key_id: keyArn });
    }
  });

  it('has no separate policy resources, each of which takes the provider 25 seconds', () => {
    expect(Object.keys(stack.resource).filter((type) => type.startsWith('aws_sqs'))).toEqual([
      'aws_sqs_queue',
    ]);
  });
});
