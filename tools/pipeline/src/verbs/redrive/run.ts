import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { AwsContext } from '../../core/context';
import { namesOf } from '../../core/names';
import { PipelineError } from '../../errors';

const batch = 10;
/** Long enough for a poll to ask all of SQS's servers. */
const waitSeconds = 2;

/**
 * `pipeline redrive`: sends what the workers gave up to them again, e.g. after an outage or a rollback. Each letter
 * is deleted only after it was sent, so an interruption loses none; a job that is sent twice ends its analysis once.
 * @returns how many were sent
 * @throws PipelineError `environment` if the environment has no such queue, or SQS refuses a letter
 */
export async function redriveJobs(
  {
    environment,
    clients,
    reporter,
    signal,
  }: Pick<AwsContext, 'environment' | 'clients' | 'reporter' | 'signal'>,
  { dryRun }: { readonly dryRun: boolean },
): Promise<number> {
  const { jobs, deadLetters } = namesOf(environment);
  const sqs = await clients.sqs();
  const [from, to] = await Promise.all([urlOf(sqs, deadLetters), urlOf(sqs, jobs)]);
  const waiting = await countOf(sqs, from);
  reporter.step(`${deadLetters} has about ${waiting} messages`);
  if (dryRun) return 0;
  let sent = 0;
  for (;;) {
    signal.throwIfAborted();
    const letters = await receive(sqs, from);
    if (letters.length === 0) break;
    await send(sqs, to, letters);
    await remove(sqs, from, letters);
    sent += letters.length;
    reporter.info(`${sent} sent to ${jobs}`);
  }
  reporter.step(`${sent} jobs are with the workers again`);
  return sent;
}

async function urlOf(sqs: SQSClient, QueueName: string): Promise<string> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  } catch (error) {
    if (error instanceof QueueDoesNotExist)
      throw new PipelineError('environment', `The account has no queue ${QueueName}.`);
    throw error;
  }
}

async function countOf(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const name = 'ApproximateNumberOfMessages';
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }),
  );
  return Number(Attributes?.[name] ?? 0);
}

async function receive(sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: batch,
      WaitTimeSeconds: waitSeconds,
    }),
  );
  return Messages;
}

async function send(sqs: SQSClient, QueueUrl: string, letters: readonly Message[]): Promise<void> {
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: letters.map(({ Body }, n) => ({ Id: String(n), MessageBody: Body })),
    }),
  );
  if (Failed[0])
    throw new PipelineError(
      'environment',
      `SQS did not take ${Failed.length} messages: ${Failed[0].Message ?? Failed[0].Code}.`,
    );
}

async function remove(sqs: SQSClient, QueueUrl: string, letters: readonly Message[]) {
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: letters.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle })),
    }),
  );
}
