import { SQSClient } from '@aws-sdk/client-sqs';
import { withScriptedAws, type ScriptedAnswer } from '../test/scripted-aws';
import { messageDeleter } from './delete-messages';

const url = 'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs';

/** Deletes `messages` at once. @returns what SQS was sent, and how each deletion ended */
async function deleteAll(messages: number, answer: (ids: readonly string[]) => ScriptedAnswer) {
  const batches: string[][] = [];
  const scripted = (body: string) => {
    const { Entries } = JSON.parse(body) as { Entries: { Id: string; ReceiptHandle: string }[] };
    batches.push(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
    return answer(Entries.map(({ Id }) => Id));
  };
  const ends = await withScriptedAws([scripted], async (endpoint) => {
    const client = new SQSClient({ region: 'eu-central-1', endpoint, maxAttempts: 1 });
    const remove = messageDeleter(client, url);
    return Promise.allSettled(Array.from({ length: messages }, (_, n) => remove(`receipt ${n}`)));
  });
  return { batches, ends: ends.map(({ status }) => status) };
}
const deleted = (ids: readonly string[]) => ({
  status: 200,
  body: JSON.stringify({ Successful: ids.map((Id) => ({ Id })), Failed: [] }),
});

it('deletes up to ten messages with one call, each once', async () => {
  const { batches, ends } = await deleteAll(23, deleted);
  const lengths = batches.map(({ length }) => length);
  expect(lengths.toSorted((a, b) => a - b)).toEqual([3, 10, 10]);
  expect(new Set(batches.flat()).size).toBe(23);
  expect(ends).toEqual(new Array(23).fill('fulfilled'));
});

it('fails for the messages that SQS did not delete, and for no other', async () => {
  const { ends } = await deleteAll(3, ([first, second, third]) => ({
    status: 200,
    body: JSON.stringify({
      Successful: [{ Id: first }, { Id: third }],
      Failed: [{ Id: second, Code: 'InternalError', SenderFault: false }],
    }),
  }));
  expect(ends).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails for each message of a call that failed', async () => {
  const denied = { status: 400, body: JSON.stringify({ __type: 'AccessDenied' }) };
  expect((await deleteAll(2, () => denied)).ends).toEqual(['rejected', 'rejected']);
});
