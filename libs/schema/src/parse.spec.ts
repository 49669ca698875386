import fc from 'fast-check';
import Type from 'typebox';
import { jsonParser, parser, stored } from './parse';
import { ValidationError } from './validation-error';

const schema = Type.Object(
  { name: Type.String({ minLength: 1 }), days: Type.Array(Type.Integer({ minimum: 0 })) },
  { additionalProperties: false },
);
const parse = parser('plan', schema);
const parseJson = jsonParser('plan', schema);

function failure(attempt: () => unknown): ValidationError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('parser', () => {
  it('gives back what fits', () => {
    expect(parse({ name: 'week', days: [1, 2] })).toEqual({ name: 'week', days: [1, 2] });
  });

  it('names what is malformed and where', () => {
    const error = failure(() => parse({ name: '', days: [1, -1], more: true }));
    expect(error).toMatchObject({ kind: 'invalid-input', message: 'The plan is malformed.' });
    expect(error.fields.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/name', '/days/1']),
    );
    expect(error.fields.every(({ detail }) => detail !== '')).toBe(true);
  });

  it('refuses anything else with a ValidationError', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(failure(() => parse(input)).kind).toBe('invalid-input');
      }),
    );
  });
});

describe('jsonParser', () => {
  it('reads text', () => {
    expect(parseJson('{"name":"week","days":[]}')).toEqual({ name: 'week', days: [] });
  });

  it.each(['', '{', 'undefined'])('reports that %p is not JSON, and keeps the cause', (text) => {
    const error = failure(() => parseJson(text));
    expect(error).toMatchObject({ kind: 'invalid-input', message: 'The plan is not JSON.' });
    expect(error.cause).toBeDefined();
  });

  it('reports that other JSON is malformed', () => {
    expect(failure(() => parseJson('[]')).message).toBe('The plan is malformed.');
  });
});

describe('stored', () => {
  const read = stored(parseJson);

  it('gives back what fits', () => {
    expect(read('{"name":"week","days":[]}')).toEqual({ name: 'week', days: [] });
  });

  it('blames no client for what is malformed, and keeps the cause', () => {
    let failed: unknown;
    try {
      read('{"name":""}');
    } catch (error) {
      failed = error;
    }
    expect(failed).not.toBeInstanceOf(ValidationError);
    expect(failed).toMatchObject({
      message: 'The plan is malformed.',
      cause: expect.any(ValidationError),
    });
  });
});
