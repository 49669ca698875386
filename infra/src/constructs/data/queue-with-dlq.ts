import { Construct } from 'constructs';
import { SqsQueue } from '../../aws';
import {
  denyInsecureTransport,
  policyDocument,
  type Statement,
} from '../../permissions/policy-document';

export interface QueueWithDlqProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly keyArn: string;
  /** The topic that may send into the queue. */
  readonly topicArn: string;
  readonly visibilitySeconds: number;
  readonly maxReceives: number;
  readonly retentionDays: number;
  readonly resourceTimeout: string;
}

const day = 86_400;

/** Allows the topic to send; undeliverable events go to the dead-letter queue, next to failed jobs. */
const eventsOf = (topicArn: string, queueArn: string): Statement => ({
  Sid: 'EventsOfTheTopic',
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: queueArn,
  Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
});

/**
 * A job queue with its dead-letter queue. The policies are arguments of the queues and use their names: as
 * separate resources, each would make the provider wait another 25 seconds.
 */
export class QueueWithDlq extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
  readonly deadLetterName: string;
  readonly deadLetterArn: string;
  readonly deadLetterUrl: string;

  constructor(scope: Construct, id: string, props: QueueWithDlqProps) {
    super(scope, id);
    const arnOf = (name: string) =>
      `arn:aws:sqs:${props.account.region}:${props.account.id}:${name}`;
    const deadName = `${props.name}-dlq`;
    const timeouts = {
      create: props.resourceTimeout,
      update: props.resourceTimeout,
      delete: props.resourceTimeout,
    };
    const dead = new SqsQueue(this, 'dead-letters', {
      name: deadName,
      kmsMasterKeyId: props.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
      // SQS's maximum, counted from the message's arrival in the first queue.
      messageRetentionSeconds: 14 * day,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: 'byQueue',
        sourceQueueArns: [arnOf(props.name)],
      }),
      policy: policyDocument([
        eventsOf(props.topicArn, arnOf(deadName)),
        denyInsecureTransport('sqs:*', arnOf(deadName)),
      ]),
      timeouts,
    });
    const queue = new SqsQueue(this, 'queue', {
      name: props.name,
      kmsMasterKeyId: props.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
      visibilityTimeoutSeconds: props.visibilitySeconds,
      messageRetentionSeconds: props.retentionDays * day,
      receiveWaitTimeSeconds: 20,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: dead.arn,
        maxReceiveCount: props.maxReceives,
      }),
      policy: policyDocument([
        eventsOf(props.topicArn, arnOf(props.name)),
        denyInsecureTransport('sqs:*', arnOf(props.name)),
      ]),
      timeouts,
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.name = queue.name;
    this.deadLetterName = dead.name;
    this.deadLetterArn = dead.arn;
    this.deadLetterUrl = dead.url;
  }
}
