import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { inMemoryEnvironment } from '../../../test/in-memory-environment';
import { region } from '../../core/environment';
import { redriveJobs } from './run';

const sqs = new SQSClient({ region });
const { context, lines } = inMemoryEnvironment({ root: '' });
const redrive = (dryRun = false) =>
  redriveJobs({ ...context, clients: { ...context.clients, sqs: async () => sqs } }, { dryRun });

const urls: Record<'jobs' | 'dead', string> = { jobs: '', dead: '' };
beforeEach(async () => {
  const create = async (QueueName: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
  urls.jobs = await create('clarity-dev-analysis-jobs');
  urls.dead = await create('clarity-dev-analysis-jobs-dlq');
});
afterEach(async () => {
  for (const QueueUrl of Object.values(urls)) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
});

async function count(QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages']);
}
async function lay(letters: number): Promise<void> {
  for (let n = 0; n < letters; n++)
    await sqs.send(new SendMessageCommand({ QueueUrl: urls.dead, MessageBody: `job ${n}` }));
}

test('every letter goes back as it is, and none stays', async () => {
  await lay(23);
  expect(await redrive()).toBe(23);
  expect([await count(urls.jobs), await count(urls.dead)]).toEqual([23, 0]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urls.jobs }));
  expect(Messages[0]?.Body).toMatch(/^job \d+$/);
});

test('a dry run counts, and moves nothing', async () => {
  await lay(2);
  expect(await redrive(true)).toBe(0);
  expect(lines.at(-1)).toContain('about 2 messages');
  expect([await count(urls.jobs), await count(urls.dead)]).toEqual([0, 2]);
});

test('an environment without queues is reported', async () => {
  const missing = { ...context, environment: 'prod' as const };
  const clients = { ...context.clients, sqs: async () => sqs };
  await expect(redriveJobs({ ...missing, clients }, { dryRun: false })).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining('clarity-prod-analysis-jobs'),
  });
});
