import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { MessageBus } from '@clarity/domain';
import { inChildSpan, SpanKind, traceparent } from '@clarity/telemetry';
import { abortable } from './connection/abortable';
import { callAws } from './connection/aws-errors';

const sending = {
  kind: SpanKind.PRODUCER,
  attributes: { 'messaging.system': 'aws_sns', 'messaging.operation.type': 'send' },
};

/**
 * One topic; subscriptions filter by the message attribute `type` and take the body raw. The event carries the
 * trace in which it is published.
 */
export function snsMessageBus(client: SNSClient, topicArn: string): MessageBus {
  return {
    publish: (event, options) =>
      inChildSpan(`send ${event.type}`, sending, async () => {
        const trace = traceparent();
        const publish = new PublishCommand({
          TopicArn: topicArn,
          Message: JSON.stringify({ ...event, ...(trace === undefined ? {} : { trace }) }),
          MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
        });
        await callAws('SNS', () => client.send(publish, abortable(options)));
      }),
  };
}
