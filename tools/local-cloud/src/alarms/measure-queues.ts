import { AwsServiceError, type CallJson } from '../moto/aws-json';
import type { AlarmDefinition } from './alarm-definition';
import type { MetricStore } from './metrics/metric-store';

/** Metric → the attribute of a queue that it shows. moto does not know the age of messages. */
const attributes = {
  ApproximateNumberOfMessagesVisible: 'ApproximateNumberOfMessages',
  ApproximateNumberOfMessagesNotVisible: 'ApproximateNumberOfMessagesNotVisible',
} as const;

/** Measures the queues that an alarm looks at. */
export async function measureQueues(
  alarms: readonly AlarmDefinition[],
  {
    call,
    region,
    store,
    now,
  }: {
    readonly call: CallJson;
    readonly region: string;
    readonly store: MetricStore;
    readonly now: number;
  },
): Promise<void> {
  const watched = alarms.flatMap(({ metrics }) =>
    metrics.flatMap(({ metric: { namespace, dimensions } }) =>
      namespace === 'AWS/SQS' && dimensions['QueueName'] ? [dimensions['QueueName']] : [],
    ),
  );
  const ask = <Output>(action: string, input: object) =>
    call<Output>({ service: 'sqs', region, target: `AmazonSQS.${action}` }, input);
  for (const QueueName of new Set(watched)) {
    try {
      const { QueueUrl } = await ask<{ QueueUrl: string }>('GetQueueUrl', { QueueName });
      const { Attributes } = await ask<{ Attributes?: Record<string, string> }>(
        'GetQueueAttributes',
        { QueueUrl, AttributeNames: Object.values(attributes) },
      );
      for (const [name, attribute] of Object.entries(attributes)) {
        const value = Attributes?.[attribute];
        if (value === undefined) continue;
        store.record({ namespace: 'AWS/SQS', name, dimensions: { QueueName } }, Number(value), now);
      }
    } catch (error) {
      // An alarm may stand before its queue does, and after it.
      if (!(error instanceof AwsServiceError)) throw error;
    }
  }
}
