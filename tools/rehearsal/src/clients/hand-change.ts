import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { administrator, region } from './embedded-account';

export interface HandChange {
  /** Terraform's name of what was changed. */
  readonly attribute: string;
  undo(): Promise<void>;
}

const attribute = 'MessageRetentionPeriod';

/** Changes a queue behind Terraform's back, as a person could in the console. */
export async function changeByHand(endpoint: string): Promise<HandChange> {
  const sqs = new SQSClient({ endpoint, region, credentials: administrator });
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: 'clarity-local-analysis-jobs' }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [attribute] }),
  );
  const before = Attributes?.[attribute];
  if (before === undefined) throw new Error('The queue has no retention period.');
  const set = (seconds: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { [attribute]: seconds } }));
  await set(String(Number(before) - 3600));
  return {
    attribute: 'message_retention_seconds',
    async undo() {
      await set(before);
      sqs.destroy();
    },
  };
}
