import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describeJobQueue, describeMessageBus } from '@clarity/domain/testing';
import { testClients } from '../test/clients';
import { createQueue, createTopic } from '../test/embedded-resources';
import { snsMessageBus } from './sns-message-bus';
import { sqsJobQueue } from './sqs-job-queue';

const clients = testClients();

describeJobQueue('SQS', async () => {
  const url = await createQueue(clients);
  return {
    queue: sqsJobQueue(clients.sqs, url),
    async send(body) {
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    },
  };
});

describeMessageBus('SNS', async () => {
  const url = await createQueue(clients);
  return {
    bus: snsMessageBus(clients.sns, await createTopic(clients, url)),
    subscriber: sqsJobQueue(clients.sqs, url),
  };
});

it('does not bring a subscriber what is of another type', async () => {
  const url = await createQueue(clients);
  await clients.sns.send(
    new PublishCommand({
      TopicArn: await createTopic(clients, url),
      Message: '{}',
      MessageAttributes: { type: { DataType: 'String', StringValue: 'another.event' } },
    }),
  );
  const queue = sqsJobQueue(clients.sqs, url);
  expect(await queue.receive({ max: 1, waitSeconds: 1 })).toEqual([]);
});

it('says unavailable for a queue and a topic that are not there', async () => {
  const queue = sqsJobQueue(clients.sqs, `${process.env['AWS_ENDPOINT_URL']}/123456789012/none`);
  await expect(queue.receive({ max: 1, waitSeconds: 0 })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});
