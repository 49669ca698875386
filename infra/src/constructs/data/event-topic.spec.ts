import { account, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { EventTopic } from './event-topic';

const stack = synthesise((scope) => {
  const topic = new EventTopic(scope, 'events', { name: 'clarity-test-events', keyArn, account });
  const arn = 'arn:aws:sqs:us-east-1:123456789012:jobs';
  topic.subscribe({ name: 'jobs', arn, deadLetterArn: `${arn}-dlq` }, ['a.requested']);
});

describe('EventTopic', () => {
  it('is encrypted with our key and denies plain HTTP', () => {
    expect(only(stack, 'aws_sns_topic')).toMatchObject({
      kms_master_key_id: keyArn,
      signature_version: 2,
    });
    expect(parsed(only(stack, 'aws_sns_topic_policy')['policy']).Statement).toContainEqual(
      expect.objectContaining({ Sid: 'DenyInsecureTransport', Effect: 'Deny' }),
    );
  });

  it('delivers the selected events raw', () => {
    const subscription = only(stack, 'aws_sns_topic_subscription');
    expect(subscription).toMatchObject({ protocol: 'sqs', raw_message_delivery: true });
    expect(parsed(subscription['filter_policy'])).toEqual({ type: ['a.requested'] });
  });

  it('sends undeliverable events to the dead-letter queue', () => {
    expect(parsed(only(stack, 'aws_sns_topic_subscription')['redrive_policy'])).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:jobs-dlq',
    });
  });
});
