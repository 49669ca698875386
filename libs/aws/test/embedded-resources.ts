import { randomUUID } from 'node:crypto';
import type { AwsClients } from '../src';
import * as create from '../src/testing/create-resources';

/** Resources that no other test has, made when a test needs them. */

const visibilityTimeout = 1;

export async function createTable(clients: AwsClients): Promise<string> {
  const name = `clarity-test-health-${randomUUID()}`;
  await create.createTable(clients, name);
  return name;
}

export async function createBucket(clients: AwsClients): Promise<string> {
  const name = `clarity-test-data-${randomUUID()}`;
  await create.createBucket(clients, name);
  return name;
}

/** @returns the URL of a queue with a visibility timeout of one second */
export async function createQueue(clients: AwsClients): Promise<string> {
  return create.createQueue(clients, `clarity-test-jobs-${randomUUID()}`, visibilityTimeout);
}

/** @returns the ARN of a topic whose `analysis.requested` go to the queue, raw */
export async function createTopic(clients: AwsClients, queueUrl: string): Promise<string> {
  return create.createTopic(clients, `clarity-test-events-${randomUUID()}`, queueUrl);
}

export async function createUserPool(
  clients: AwsClients,
): Promise<{ userPoolId: string; clientId: string }> {
  return create.createUserPool(clients, `clarity-test-${randomUUID()}`);
}
