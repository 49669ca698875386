import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Job, JobQueue } from '@clarity/domain';
import { callAws, type ErrorMeanings } from './connection/aws-errors';

const longestPoll = 20;

const lostReceipt: ErrorMeanings = {
  MessageNotInflight: ['conflict', 'The job is no longer held by this receipt.'],
  ReceiptHandleIsInvalid: ['conflict', 'The job is no longer held by this receipt.'],
  InvalidParameterValue: ['conflict', 'The job is no longer held by this receipt.'],
};

/** One queue. A receipt that is no longer good is `conflict` to `extend` and `abandon`. */
export function sqsJobQueue(client: SQSClient, queueUrl: string): JobQueue {
  const hideFor = async (receipt: string, seconds: number): Promise<void> => {
    const change = new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receipt,
      VisibilityTimeout: seconds,
    });
    await callAws('SQS', () => client.send(change), lostReceipt);
  };

  return {
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
          const options = signal ? { abortSignal: signal } : {};
          const { Messages = [] } = await client.send(receive, options);
          return Messages.map(jobOf);
        } catch (error) {
          if (signal?.aborted) return [];
          throw error;
        }
      });
    },

    async complete(receipt) {
      const remove = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt });
      await callAws('SQS', () => client.send(remove));
    },

    extend: hideFor,
    abandon: (receipt) => hideFor(receipt, 0),
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
