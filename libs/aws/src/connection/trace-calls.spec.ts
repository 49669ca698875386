import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { inSpan } from '@clarity/telemetry';
import { recordSpans } from '@clarity/telemetry/testing';
import { jsonError, withScriptedAws, type ScriptedAnswer } from '../../test/scripted-aws';
import { traceCalls } from './trace-calls';

let recorded: ReturnType<typeof recordSpans>;
beforeEach(() => (recorded = recordSpans()));
afterEach(() => recorded.stop());

const found: ScriptedAnswer = { status: 200, body: '{}' };
const busy: ScriptedAnswer = {
  status: 500,
  body: JSON.stringify({ __type: 'InternalServerError' }),
};
const key = { pk: { S: 'USER#ada' } };

function getItem(answers: readonly ScriptedAnswer[]) {
  return withScriptedAws(answers, async (endpoint) => {
    const client = new DynamoDBClient({ region: 'eu-central-1', endpoint });
    traceCalls(client, 'eu-central-1');
    await client.send(new GetItemCommand({ TableName: 'health', Key: key }));
  });
}

it('makes a call a span of its trace, with its retries and without its parameters', async () => {
  await inSpan('request', {}, () => getItem([busy, found]));
  const [call, request] = recorded.spans();
  expect(call).toMatchObject({
    name: 'DynamoDB.GetItem',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'GetItem',
      'aws.region': 'eu-central-1',
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
    },
  });
  expect(call?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  expect(JSON.stringify(call?.attributes)).not.toContain('ada');
});

it('notes how a call failed, and the call still fails', async () => {
  const denied = jsonError('AccessDeniedException', 'arn:aws:iam::123456789012:user/ada');
  await expect(inSpan('request', {}, () => getItem([denied]))).rejects.toThrow('user/ada');
  const [call] = recorded.spans();
  expect(call?.attributes).toMatchObject({
    'http.response.status_code': 400,
    'error.type': 'AccessDeniedException',
  });
  expect(JSON.stringify(call?.attributes)).not.toContain('ada');
});

it('leaves calls outside a trace alone', async () => {
  await getItem([found]);
  expect(recorded.spans()).toEqual([]);
});
