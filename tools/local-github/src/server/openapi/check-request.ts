import Schema, { type XSchema } from 'typebox/schema';
import { Refusal, notFound } from '../refusal';
import { description, type Operation } from './description';

export type Values = Readonly<Record<string, unknown>>;

/** @throws Refusal 404 for a number that is none */
export function readPath(operation: Operation, path: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(path).map(([name, text]) => {
      const parameter = operation.parameters.find((each) => each.name === name);
      const value = parameter ? fromText(text, parameter.schema) : text;
      if (parameter && !Schema.Check(description.$defs, parameter.schema, value)) throw notFound();
      return [name, value];
    }),
  );
}

/**
 * GitHub ignores a parameter that it does not declare. Here it is refused: such a mistake would
 * otherwise show only in the result.
 * @throws Refusal 422
 */
export function readQuery(operation: Operation, query: URLSearchParams): Values {
  const values: Record<string, unknown> = {};
  for (const [name, text] of query) {
    const parameter = operation.parameters.find(
      (each) => each.in === 'query' && each.name === name,
    );
    if (!parameter) throw new Refusal(422, `${operation.id} has no parameter "${name}".`);
    const value = fromText(text, parameter.schema);
    const [valid, errors] = Schema.Errors(description.$defs, parameter.schema, value);
    if (!valid) throw new Refusal(422, `Parameter "${name}": ${errors[0]?.message ?? 'wrong'}`);
    values[name] = value;
  }
  return values;
}

/**
 * @param text undefined if the request has no body
 * @throws Refusal 400 for text that is not JSON, 422 for what GitHub does not describe
 */
export function readBody({ id, body }: Operation, text: string): unknown {
  if (!body) {
    if (text !== '') throw new Refusal(422, `${id} takes no body.`);
    return undefined;
  }
  const value = text === '' ? {} : parseJson(text);
  const [valid, errors] = Schema.Errors(description.$defs, body.schema, value);
  if (!valid)
    throw invalidRequest(
      errors.map(({ instancePath, message }) => `For '${instancePath || '/'}', ${message}.`),
    );
  const known = keysOf(body.schema);
  const unknown =
    known.length > 0 && typeof value === 'object' && value !== null
      ? Object.keys(value).filter((key) => !known.includes(key))
      : [];
  if (unknown.length > 0)
    throw invalidRequest(unknown.map((key) => `"${key}" is not a permitted key.`));
  return value;
}

/** The keys that a schema names; none if it leaves the choice between several shapes. */
const keysOf = (schema: XSchema): readonly string[] =>
  typeof schema === 'object' && 'properties' in schema
    ? Object.keys(schema.properties as object)
    : [];

const invalidRequest = (reasons: readonly string[]) =>
  new Refusal(422, `Invalid request.\n\n${[...new Set(reasons)].join('\n')}`);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

function fromText(text: string, schema: XSchema): unknown {
  const type = typeof schema === 'object' && 'type' in schema ? schema.type : undefined;
  if (type === 'integer' && /^\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
