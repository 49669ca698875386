import { CreateClusterCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { jsonCaller } from '../src/moto/aws-json';
import { registerInstance } from './container-instance';
import { crashing, deploying, good } from './deploying';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(90_000);

const cluster = 'clarity-test';
const account = 'us-east-1:123456789012';
const services = `arn:aws:ecs:${account}:service/clarity-test/`;
let running: RunningCloud;
let sqs: SQSClient;

beforeAll(async () => {
  running = await runCloud(60);
  sqs = new SQSClient(running.clientSettings);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await registerInstance(running, cluster);
});
afterAll(async () => {
  sqs.destroy();
  await running.stop();
});

/** Sends the events that match a pattern to targets. */
async function rule(Name: string, pattern: object, ...targets: readonly object[]) {
  const events = (action: string, input: object) =>
    jsonCaller(running.cloud.endpoint)(
      { service: 'events', region: 'us-east-1', target: `AWSEvents.${action}` },
      input,
    );
  await events('PutRule', { Name, EventPattern: JSON.stringify(pattern) });
  const Targets = targets.map((target, index) => ({ Id: String(index), ...target }));
  await events('PutTargets', { Rule: Name, Targets });
}

const queueArn = (name: string) => `arn:aws:sqs:${account}:${name}`;

async function queue(QueueName: string) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const receive = async (): Promise<readonly Message[]> => {
    const receiving = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    return (await sqs.send(receiving)).Messages ?? [];
  };
  return { receive, first: async () => (await eventually(receive, ({ length }) => length > 0))[0] };
}

const failedDeployments = {
  source: ['aws.ecs'],
  'detail-type': ['ECS Deployment State Change'],
  resources: [{ prefix: services }],
  detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
};

it('notifies the target of a rule about a failed deployment', async () => {
  const { first } = await queue('failed-deployments');
  await rule('failed', failedDeployments, { Arn: queueArn('failed-deployments') });
  const service = deploying(running, cluster, 'failing');
  await service.create(await service.register(crashing));
  expect(JSON.parse((await first())?.Body ?? '')).toMatchObject({
    source: 'aws.ecs',
    resources: [`${services}failing`],
    detail: {
      eventType: 'ERROR',
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
    },
  });
  await service.remove();
});

describe('a topic as the target of a rule', () => {
  const sns = (parameters: Readonly<Record<string, string>>) =>
    running.query({ service: 'sns', region: 'us-east-1', version: '2010-03-31' }, parameters);
  const allow = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };
  const eventRules = { Service: 'events.amazonaws.com' };

  async function topic(name: string, statement: object, more: Readonly<Record<string, string>>) {
    const { receive, first } = await queue(name);
    const TopicArn = `arn:aws:sns:${account}:${name}`;
    await sns({ Action: 'CreateTopic', Name: name });
    const attribute = (AttributeName: string, AttributeValue: string) =>
      sns({ Action: 'SetTopicAttributes', TopicArn, AttributeName, AttributeValue });
    await attribute('Policy', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    for (const [key, value] of Object.entries(more)) await attribute(key, value);
    await sns({ Action: 'Subscribe', TopicArn, Protocol: 'sqs', Endpoint: queueArn(name) });
    return { Arn: TopicArn, receive, first };
  }
  const key = async (...statements: readonly object[]) => {
    const { KeyMetadata } = await jsonCaller(running.cloud.endpoint)<{
      KeyMetadata: { Arn: string };
    }>(
      { service: 'kms', region: 'us-east-1', target: 'TrentService.CreateKey' },
      {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Put*', Resource: '*' },
            ...statements,
          ],
        }),
      },
    );
    return { KmsMasterKeyId: KeyMetadata.Arn };
  };

  it('publishes the alert if the policies of the topic and its key allow EventBridge to', async () => {
    const mayUseKey = {
      Effect: 'Allow',
      Principal: eventRules,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:${account}:alerts`,
        },
      },
    };
    const alarms = { Service: 'cloudwatch.amazonaws.com' };
    const ofRule = { ArnLike: { 'aws:SourceArn': `arn:aws:events:${account}:rule/*` } };
    const dropping = [
      await topic('others', { ...allow, Principal: alarms }, {}),
      await topic('condition', { ...allow, Principal: eventRules, Condition: ofRule }, {}),
      await topic('closed-key', { ...allow, Principal: eventRules }, await key()),
    ];
    const open = await topic('alerts', { ...allow, Principal: eventRules }, await key(mayUseKey));
    const InputTransformer = {
      InputPathsMap: { event: '$.detail.eventName', service: '$.resources[0]', none: '$.nothing' },
      InputTemplate: JSON.stringify({ title: '<event>', description: 'of <service>: <none>' }),
    };
    // What the others drop is dropped before this one gets its message.
    const targets = [...dropping, open].map(({ Arn }) => ({ Arn, InputTransformer }));
    await rule('alert', failedDeployments, ...targets);

    const service = deploying(running, cluster, 'alerting');
    await service.create(await service.register(crashing));
    const { Message: text = '' } = JSON.parse((await open.first())?.Body ?? '{}') as {
      Message?: string;
    };
    expect(JSON.parse(text)).toEqual({
      title: 'SERVICE_DEPLOYMENT_FAILED',
      description: `of ${services}alerting: `,
    });
    for (const { receive } of dropping) expect(await receive()).toEqual([]);
    await service.remove();
  });
});

it('puts the life of a task on the event bus', async () => {
  const { receive } = await queue('task-changes');
  const group = ['family:eventful'];
  const pattern = { 'detail-type': ['ECS Task State Change'], detail: { group } };
  await rule('tasks', pattern, { Arn: queueArn('task-changes') });
  const { register } = deploying(running, cluster, 'eventful');
  const { tasks: [task] = [] } = await running.ecs.send(
    new RunTaskCommand({ cluster, taskDefinition: await register(good), startedBy: 'somebody' }),
  );
  const taskArn = task?.taskArn ?? '';
  const events: TaskChange[] = [];
  const until = (status: string) =>
    eventually(
      async () => {
        for (const { Body = '' } of await receive()) events.push(JSON.parse(Body) as TaskChange);
        return events;
      },
      () => events.some(({ detail }) => detail['lastStatus'] === status),
    );
  await until('RUNNING');
  await running.ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason: 'enough' }));
  await until('STOPPED');
  const details = events.map(({ detail }) => detail);
  expect([...new Set(details.map(({ lastStatus }) => lastStatus))]).toEqual([
    'PROVISIONING',
    'PENDING',
    'ACTIVATING',
    'RUNNING',
    'STOPPING',
    'STOPPED',
  ]);
  expect(details.map(({ version }) => version)).toEqual(details.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({
    source: 'aws.ecs',
    resources: [taskArn],
    detail: {
      taskArn,
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      startedBy: 'somebody',
      containers: [{ name: 'app', lastStatus: 'STOPPED' }],
    },
  });
});

interface TaskChange {
  readonly detail: Readonly<Record<string, unknown>>;
}
