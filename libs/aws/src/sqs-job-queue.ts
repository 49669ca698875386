import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { CallOptions, Job, JobQueue } from '@clarity/domain';
import { abortable } from './connection/abortable';
import { callAws, type ErrorMeanings } from './connection/aws-errors';
import { messageDeleter } from './delete-messages';

const longestPoll = 20;

const lostReceipt: ErrorMeanings = {
  MessageNotInflight: ['conflict', 'The job is no longer held by this receipt.'],
  ReceiptHandleIsInvalid: ['conflict', 'The job is no longer held by this receipt.'],
  InvalidParameterValue: ['conflict', 'The job is no longer held by this receipt.'],
};

/** One queue. A receipt that is no longer good is `conflict` to `extend` and `abandon`. */
export function sqsJobQueue(client: SQSClient, queueUrl: string): JobQueue {
  const hideFor = async (
    receipt: string,
    seconds: number,
    options?: CallOptions,
  ): Promise<void> => {
    const change = new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receipt,
      VisibilityTimeout: seconds,
    });
    await callAws('SQS', () => client.send(change, abortable(options)), lostReceipt);
  };

  return {
    async enqueue(body, { delaySeconds, ...options }) {
      const send = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        DelaySeconds: delaySeconds,
      });
      await callAws('SQS', () => client.send(send, abortable(options)));
    },

    async receive({ max, waitSeconds, signal }) {
      if (signal?.aborted) return [];
      const receive = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: max,
        WaitTimeSeconds: Math.min(longestPoll, waitSeconds),
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      return callAws('SQS', async () => {
        try {
          const { Messages = [] } = await client.send(receive, abortable(signal && { signal }));
          return Messages.map(jobOf);
        } catch (error) {
          if (signal?.aborted) return [];
          throw error;
        }
      });
    },

    complete: messageDeleter(client, queueUrl),
    extend: hideFor,
    abandon: (receipt, options) => hideFor(receipt, 0, options),
  };
}

function jobOf(message: Message): Job {
  return {
    body: message.Body ?? '',
    messageId: message.MessageId ?? '',
    receipt: message.ReceiptHandle ?? '',
    deliveries: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
  };
}
