import { awsClients, type AwsClients } from '../src';

/** Clients for one test file, closed when it ends. */
export function testClients(): AwsClients {
  const clients = awsClients('us-east-1');
  afterAll(() => clients.close());
  return clients;
}
