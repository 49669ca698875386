import { readAnalysisRequest } from './read-analysis-request';

const message = {
  schema: 1,
  type: 'analysis.requested',
  analysisId: '01JZ0000000000000000000000',
  userId: 'user-1',
  input: { bucket: 'b', key: 'k', sha256: '0'.repeat(64) },
  model: 'pat-l',
  requestedAt: '2026-03-09T08:00:00Z',
};
const read = (changes: object) => readAnalysisRequest(JSON.stringify({ ...message, ...changes }));

test('a message names a user and an analysis', () => {
  expect(read({})).toEqual({
    kind: 'request',
    message,
    userId: message.userId,
    analysisId: message.analysisId,
  });
});

test('a field that a later release added does not matter', () => {
  expect(read({ priority: 'high' })).toMatchObject({ kind: 'request', userId: 'user-1' });
});

test('a later schema is for a later release', () => {
  expect(read({ schema: 2, input: 'elsewhere' })).toMatchObject({ kind: 'newer' });
});

test.each([
  ['no JSON', '{'],
  ['no object', '2'],
  ['a schema that never was', JSON.stringify({ ...message, schema: 0 })],
  ['a schema that is not a number', JSON.stringify({ ...message, schema: '2' })],
  ['another user’s partition', JSON.stringify({ ...message, userId: 'a#b' })],
])('%s: unreadable', (_, body) => {
  expect(readAnalysisRequest(body)).toMatchObject({ kind: 'unreadable' });
});

test('the reason names places and no values', () => {
  const reading = read({ model: 17, userId: 'a secret#' });
  expect(reading).toMatchObject({ reason: expect.stringContaining('/model') as string });
  expect(JSON.stringify(reading)).not.toContain('secret');
});
