import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListObjectVersionsCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { awsClients, createAwsCloud } from '@clarity/aws';
import { createBucket, createQueue, createTable, createTopic } from '@clarity/aws/testing';
import { randomUUID } from 'node:crypto';
import { modelPrefix } from '../published-model';

const region = 'us-east-1';
/** As infra/ has it. */
const deliveriesBeforeDeath = 5;

/**
 * What a worker needs, in the embedded AWS, for one test: table, versioned bucket, topic, queue and dead letters.
 * @param visibilitySeconds of the queue
 */
export async function embeddedCloud(visibilitySeconds: number) {
  const clients = awsClients(region);
  const { sqs, s3 } = clients;
  const id = randomUUID();
  const [tableName, dataBucket] = [`clarity-test-health-${id}`, `clarity-test-data-${id}`];
  await createTable(clients, tableName);
  await createBucket(clients, dataBucket);
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: dataBucket,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  const jobsQueueUrl = await createQueue(clients, `clarity-test-jobs-${id}`, visibilitySeconds);
  const deadLettersUrl = await createQueue(clients, `clarity-test-jobs-${id}-dlq`, 30);
  const eventsTopicArn = await createTopic(clients, `clarity-test-events-${id}`, jobsQueueUrl);
  const attributesOf = async (QueueUrl: string) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })))
      .Attributes ?? {};
  const { QueueArn: deadLetterTargetArn } = await attributesOf(deadLettersUrl);
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn,
    maxReceiveCount: deliveriesBeforeDeath,
  });
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl: jobsQueueUrl, Attributes: { RedrivePolicy } }),
  );
  const cloud = createAwsCloud({ region, tableName, dataBucket, jobsQueueUrl, eventsTopicArn });
  return {
    cloud,
    /** The variables of a worker in mode `queue`. */
    environment: {
      WORKER_MODE: 'queue',
      TABLE_NAME: tableName,
      DATA_BUCKET: dataBucket,
      JOBS_QUEUE_URL: jobsQueueUrl,
      MODEL_PREFIX: modelPrefix,
      VISIBILITY_SECONDS: String(visibilitySeconds),
    },
    async send(body: string): Promise<void> {
      await sqs.send(new SendMessageCommand({ QueueUrl: jobsQueueUrl, MessageBody: body }));
    },
    /** Jobs that wait or are in the hands of a worker. */
    async jobsLeft(): Promise<number> {
      const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: held } =
        await attributesOf(jobsQueueUrl);
      return Number(waiting) + Number(held);
    },
    /** The bodies of the dead letters, each received once. */
    async deadLetters(): Promise<readonly string[]> {
      const bodies: string[] = [];
      for (;;) {
        const receive = { QueueUrl: deadLettersUrl, MaxNumberOfMessages: 10 };
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
        if (Messages.length === 0) return bodies;
        bodies.push(...Messages.map(({ Body = '' }) => Body));
      }
    },
    /** Of each object of an analysis, how many versions there are; of at most a thousand in all. */
    async versions(): Promise<ReadonlyMap<string, number>> {
      const list = { Bucket: dataBucket, Prefix: 'analyses/' };
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand(list));
      const counts = new Map<string, number>();
      for (const { Key = '' } of Versions) counts.set(Key, (counts.get(Key) ?? 0) + 1);
      return counts;
    },
    close() {
      cloud.close();
      clients.close();
    },
  };
}

/** A role that may do everything until it is denied something. */
export async function deniableRole() {
  const [iam, sts] = [new IAMClient({ region }), new STSClient({ region })];
  const RoleName = `clarity-test-worker-${randomUUID()}`;
  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  const put = (PolicyName: string, statement: object) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document(statement) }),
    );
  await put('everything', { Effect: 'Allow', Action: '*', Resource: '*' });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'worker' }),
  );
  return {
    environment: {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    },
    /** @returns allows it again */
    async deny(Action: string): Promise<() => Promise<void>> {
      await put('denied', { Effect: 'Deny', Action, Resource: '*' });
      return async () => {
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'denied' }));
      };
    },
    close() {
      iam.destroy();
      sts.destroy();
    },
  };
}
