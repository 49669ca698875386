import type { Contract, Operation } from './contract-document';
import { contractGaps } from './contract-gaps';

const complete: Operation = {
  operationId: 'listThings',
  summary: 'Things',
  tags: ['Things'],
  security: [{ bearer: [] }],
  responses: {
    200: {
      description: 'All things.',
      content: { 'application/json': { schema: { type: 'integer' }, example: 1 } },
    },
    401: { description: 'No token.' },
  },
};
const gapsOf = (change: Partial<Operation>, name = 'get', path = '/v1/things') =>
  contractGaps({
    tags: [{ name: 'Things' }],
    paths: { [path]: { [name]: { ...complete, ...change } } },
    components: { schemas: {} },
  } as unknown as Contract);
const answering = (content: object) => ({
  responses: { ...complete.responses, 200: { description: 'All things.', content } as never },
});

it('finds nothing in a complete operation', () => {
  expect(gapsOf({})).toEqual([]);
});

it.each([
  [{ operationId: 'List things' }, 'give its schema an `operationId` in camel case'],
  [{ summary: '' }, 'give its schema a `summary`'],
  [{ tags: [] }, 'give its schema exactly one tag in `tags`'],
  [
    { tags: ['Stuff'] },
    'declare the tag "Stuff" in src/openapi/describe-contract.ts, or use another',
  ],
  [{ security: [] }, 'register it inside the bearer scope of src/app.ts, or anybody may call it'],
  [
    { responses: { ...complete.responses, 409: { description: 'Default Response' } } },
    'give the schema of its 409 answer a `description`',
  ],
  [
    answering({ 'application/json': { schema: { type: 'integer' } } }),
    'add `examples` to the schema of its 200 answer',
  ],
  [
    answering({ 'application/json': { schema: { type: 'integer' }, example: 'one' } }),
    'fix an example of its 200 answer: / must be integer',
  ],
])('names the fix of %j', (change, fix) => {
  expect(gapsOf(change as Partial<Operation>)).toEqual([`GET /v1/things: ${fix}.`]);
});

it('names a POST without an Idempotency-Key', () => {
  expect(gapsOf({}, 'post')).toEqual(['POST /v1/things: let it take an Idempotency-Key.']);
});
