import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { awsClients, type AwsClients } from './aws-clients';
import { explainedAwsError } from './aws-errors';

let server: Server;
let answer: { readonly status: number; readonly type: string; readonly body: string };
const before = { ...process.env };
beforeAll(async () => {
  server = createServer((_, response) => {
    const headers = {
      'content-type': answer.type,
      'x-amzn-requestid': 'R1',
      'x-amz-request-id': 'R1',
    };
    response.writeHead(answer.status, headers).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  });
});
afterEach(() => {
  process.env = { ...before };
});

const json = (status: number, name: string, message: string) => ({
  status,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify({ __type: `com.amazonaws#${name}`, message }),
});
/** What the top of a verb gets if this call fails. */
async function failureOf(call: (clients: AwsClients) => Promise<unknown>): Promise<unknown> {
  return call(awsClients(true)).then(
    () => undefined,
    (error: unknown) => explainedAwsError(error),
  );
}
const getItem = async ({ dynamo }: AwsClients) =>
  (await dynamo()).send(new GetItemCommand({ TableName: 'releases', Key: { pk: { S: 'a' } } }));

test.each([
  ['ExpiredTokenException', 400, /expired/],
  ['UnrecognizedClientException', 400, /AWS_PROFILE/],
  ['AccessDeniedException', 400, /infra\/src\/permissions/],
  ['ThrottlingException', 400, /later/],
])('%s names the call, the request and what to do', async (name, status, advice) => {
  answer = json(status, name, 'Not now.');
  await expect(failureOf(getItem)).resolves.toMatchObject({
    reason: 'environment',
    message: `DynamoDB GetItem: ${name} (R1): Not now.`,
    advice: expect.stringMatching(advice),
  });
});

test('an error of a service that answers in XML is explained too', async () => {
  const body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  answer = { status: 403, type: 'application/xml', body };
  const get = async ({ s3 }: AwsClients) =>
    (await s3()).send(new GetObjectCommand({ Bucket: 'data', Key: 'k' }));
  await expect(failureOf(get)).resolves.toMatchObject({
    message: 'S3 GetObject: AccessDenied (R1): Access Denied',
    advice: expect.stringContaining('permissions'),
  });
});

test('a refusal without a known remedy is explained without advice', async () => {
  answer = json(400, 'ValidationException', 'The table has no sort key.');
  await expect(failureOf(getItem)).resolves.toMatchObject({
    reason: 'environment',
    message: 'DynamoDB GetItem: ValidationException (R1): The table has no sort key.',
    advice: undefined,
  });
});

test('missing credentials are explained', async () => {
  delete process.env['AWS_ACCESS_KEY_ID'];
  const nowhere = '/nonexistent';
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
  });
  await expect(failureOf(getItem)).resolves.toMatchObject({
    reason: 'environment',
    message: expect.stringMatching(/^DynamoDB GetItem: CredentialsProviderError: /),
    advice: expect.stringContaining('AWS_PROFILE'),
  });
});

test('an error that a verb handles itself keeps its class', async () => {
  answer = json(400, 'ParameterNotFound', 'none');
  const ssm = await awsClients(true).ssm();
  const read = ssm.send(new GetParameterCommand({ Name: 'current' }));
  await expect(read).rejects.toBeInstanceOf(ParameterNotFound);
});

test('a bug in the pipeline is not blamed on AWS', async () => {
  const bug = new TypeError('x is undefined');
  expect(explainedAwsError(bug)).toBe(bug);
  const malformed = async ({ s3 }: AwsClients) =>
    (await s3()).send(new GetObjectCommand({ Bucket: undefined, Key: 'k' }));
  await expect(failureOf(malformed)).resolves.not.toHaveProperty('reason');
});
