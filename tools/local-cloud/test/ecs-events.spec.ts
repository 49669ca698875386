import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { jsonCaller } from '../src/moto/aws-json';
import { crashing, deploying } from './deploying';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
let running: RunningCloud;

beforeAll(async () => {
  running = await runCloud(60);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
});
afterAll(() => running.stop());

it('notifies the target of a rule about a failed deployment', async () => {
  const sqs = new SQSClient(running.clientSettings);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'failed-deployments' }));
  const call = jsonCaller(running.cloud.endpoint);
  const events = (action: string, input: object) =>
    call({ service: 'events', region: 'us-east-1', target: `AWSEvents.${action}` }, input);
  const prefix = 'arn:aws:ecs:us-east-1:123456789012:service/clarity-test/';
  await events('PutRule', {
    Name: 'failed',
    EventPattern: JSON.stringify({
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [{ prefix }],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    }),
  });
  const Arn = 'arn:aws:sqs:us-east-1:123456789012:failed-deployments';
  await events('PutTargets', { Rule: 'failed', Targets: [{ Id: 'queue', Arn }] });

  const service = deploying(running, cluster, 'failing');
  await service.create(await service.register(crashing));
  const { Messages: [message] = [] } = await eventually(
    () => sqs.send(new ReceiveMessageCommand({ QueueUrl })),
    ({ Messages = [] }) => Messages.length > 0,
  );
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    source: 'aws.ecs',
    resources: [`${prefix}failing`],
    detail: {
      eventType: 'ERROR',
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
    },
  });
  sqs.destroy();
  await service.remove();
});
