import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { DomainError } from '@clarity/domain';
import DataLoader from 'dataloader';
import { callAws } from './connection/aws-errors';

/** SQS takes no more at once. */
const mostAtOnce = 10;
/** Milliseconds that a message waits for others to be deleted with; it is hidden for far longer. */
const gatheringMs = 50;

/**
 * Deletes the messages of one queue, those of the same moment in one call: a call costs the same for one and for ten.
 * @returns deletes the message of a receipt. @throws DomainError `unavailable` if that message may be there still
 */
export function messageDeleter(
  client: SQSClient,
  queueUrl: string,
): (receipt: string) => Promise<void> {
  const loader = new DataLoader<string, void>(
    (receipts) => callAws('SQS', () => deleteBatch(client, queueUrl, receipts)),
    {
      cache: false,
      maxBatchSize: mostAtOnce,
      batchScheduleFn: (send) => void setTimeout(send, gatheringMs),
    },
  );
  return (receipt) => loader.load(receipt);
}

/** @returns for each receipt, why its message was not deleted */
async function deleteBatch(
  client: SQSClient,
  queueUrl: string,
  receipts: readonly string[],
): Promise<(DomainError | undefined)[]> {
  const { Failed = [] } = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })),
    }),
  );
  const failures = new Map(Failed.map(({ Id, Code }) => [Number(Id), Code]));
  return receipts.map((_, index) =>
    failures.has(index)
      ? new DomainError('unavailable', `SQS did not delete a message: ${failures.get(index)}.`)
      : undefined,
  );
}
