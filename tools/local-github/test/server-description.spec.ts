import { answerViolation } from '../src/server/openapi/check-answer';
import { description, findOperation } from '../src/server/openapi/description';
import { routes } from '../src/server/routes';

test('every operation that is described is answered, and no other', () => {
  expect(Object.keys(routes).toSorted()).toEqual(
    description.operations.map(({ id }) => id).toSorted(),
  );
});

test('an answer that GitHub would not give is noticed', () => {
  const operation = findOperation('GET', '/repos/o/r/issues/1/comments')?.operation;
  if (!operation) throw new Error('Not described.');
  expect(answerViolation(operation, { status: 200, body: [] })).toBeUndefined();
  expect(answerViolation(operation, { status: 200, body: [{ id: 'one' }] })).toContain('/0');
  expect(answerViolation(operation, { status: 201, body: [] })).toContain('never answers 201');
  expect(answerViolation(operation, { status: 422, body: {} })).toContain('message');
});
