import { Construct } from 'constructs';
import { SnsTopic, SnsTopicPolicy, SnsTopicSubscription } from '../../aws';
import { denyInsecureTransport, policyDocument } from '../../permissions/policy-document';

export interface EventTopicProps {
  readonly name: string;
  readonly keyArn: string;
  readonly account: { readonly id: string };
}

/** A topic for events; this account's roles publish to it if their policies allow it. */
export class EventTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EventTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, 'topic', {
      name: props.name,
      kmsMasterKeyId: props.keyArn,
      // SHA-256; version 1 is SHA-1.
      signatureVersion: 2,
    });
    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: policyDocument([
        {
          Sid: 'OwnAccount',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${props.account.id}:root` },
          Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
          Resource: topic.arn,
        },
        denyInsecureTransport('sns:Publish', topic.arn),
      ]),
    });
    this.arn = topic.arn;
  }

  /**
   * Sends events of the given types to a queue, without SNS's envelope. Undeliverable events, for example
   * after a mistake in a policy, go to the dead-letter queue.
   */
  subscribe(
    queue: { readonly name: string; readonly arn: string; readonly deadLetterArn: string },
    types: readonly string[],
  ): void {
    new SnsTopicSubscription(this, `to-${queue.name}`, {
      topicArn: this.arn,
      protocol: 'sqs',
      endpoint: queue.arn,
      rawMessageDelivery: true,
      filterPolicyScope: 'MessageAttributes',
      filterPolicy: JSON.stringify({ type: types }),
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: queue.deadLetterArn }),
    });
  }
}
