import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { MessageBus } from '@clarity/domain';
import { abortable } from './connection/abortable';
import { callAws } from './connection/aws-errors';

/** One topic; subscriptions filter by the message attribute `type` and take the body raw. */
export function snsMessageBus(client: SNSClient, topicArn: string): MessageBus {
  return {
    async publish(event, options) {
      const publish = new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(event),
        MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
      });
      await callAws('SNS', () => client.send(publish, abortable(options)));
    },
  };
}
