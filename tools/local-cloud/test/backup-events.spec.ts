import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { jsonCaller } from '../src/moto/aws-json';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(90_000);

/** A rule for failed backups (infra: BackupEvents), and what it makes of an event. */
const pattern = {
  source: ['aws.backup'],
  'detail-type': ['Backup Job State Change'],
  detail: {
    backupVaultName: ['clarity-prod-backup'],
    state: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'],
  },
};
const InputTransformer = {
  InputPathsMap: {
    job: '$.detail.backupJobId',
    resource: '$.detail.resourceArn',
    state: '$.detail.state',
    time: '$.time',
  },
  InputTemplate: JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: 'Backup failed',
      description: 'Job <job>, the backup of <resource>, is <state> at <time>.',
    },
  }),
};

const account = 'us-east-1:123456789012';
const table = 'arn:aws:dynamodb:us-east-1:222222222222:table/clarity-prod-health';
let running: RunningCloud;
let sqs: SQSClient;

beforeAll(async () => {
  running = await runCloud(60);
  sqs = new SQSClient(running.clientSettings);
});
afterAll(async () => {
  sqs.destroy();
  await running.stop();
});

const events = (action: string, input: object) =>
  jsonCaller(running.cloud.endpoint)(
    { service: 'events', region: 'us-east-1', target: `AWSEvents.${action}` },
    input,
  );
const sns = (parameters: Readonly<Record<string, string>>) =>
  running.query({ service: 'sns', region: 'us-east-1', version: '2010-03-31' }, parameters);

/** A topic that EventBridge may publish to, with a queue that receives its messages. */
async function alertTopic(name: string) {
  const TopicArn = `arn:aws:sns:${account}:${name}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  await sns({ Action: 'CreateTopic', Name: name });
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: '*',
  };
  await sns({
    Action: 'SetTopicAttributes',
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  const Endpoint = `arn:aws:sqs:${account}:${name}`;
  await sns({ Action: 'Subscribe', TopicArn, Protocol: 'sqs', Endpoint });
  const receive = async () => {
    const receiving = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    return (await sqs.send(receiving)).Messages ?? [];
  };
  return { TopicArn, receive };
}

/** As in https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
const backupJob = (backupJobId: string, backupVaultName: string, state: string) => ({
  Source: 'aws.backup',
  DetailType: 'Backup Job State Change',
  Time: Date.UTC(2026, 10, 29, 5) / 1000,
  Resources: [],
  Detail: JSON.stringify({
    backupJobId,
    backupVaultArn: `arn:aws:backup:us-east-1:222222222222:backup-vault:${backupVaultName}`,
    backupVaultName,
    resourceArn: table,
    resourceType: 'DynamoDB',
    state,
    statusMessage: '"Access denied"',
  }),
});

it('a failed backup of the environment, and nothing else, reaches the alert topic', async () => {
  const { TopicArn, receive } = await alertTopic('backup-alerts');
  await events('PutRule', { Name: 'backup-failed', EventPattern: JSON.stringify(pattern) });
  await events('PutTargets', {
    Rule: 'backup-failed',
    Targets: [{ Id: 'alerts', Arn: TopicArn, InputTransformer }],
  });
  await events('PutEvents', {
    Entries: [
      backupJob('done', 'clarity-prod-backup', 'COMPLETED'),
      backupJob('elsewhere', 'clarity-staging-backup', 'FAILED'),
      backupJob('ours', 'clarity-prod-backup', 'EXPIRED'),
    ],
  });
  const messages = await eventually(receive, ({ length }) => length > 0);
  const contents = messages.map(({ Body = '{}' }) => {
    const { Message } = JSON.parse(Body) as { readonly Message: string };
    return (JSON.parse(Message) as { readonly content: object }).content;
  });
  expect(contents).toEqual([
    {
      textType: 'client-markdown',
      title: 'Backup failed',
      description: `Job ours, the backup of ${table}, is EXPIRED at 2026-11-29T05:00:00Z.`,
    },
  ]);
});
