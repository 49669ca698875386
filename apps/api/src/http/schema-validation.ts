import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Problem, type ProblemField, type RequestPart } from '../problems/problem';

const partOf: Readonly<Record<string, RequestPart>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

/** A client that has this many mistakes in one request learns nothing from more of them. */
const maxErrors = 20;
export const notATime = 'must be an RFC 3339 time with an offset; in an address + is written %2B';

/** Schemas are TypeBox; what does not fit is a problem that points at each place. */
export function validateBySchema(app: FastifyInstance): void {
  app.setValidatorCompiler(schemaValidator);
}

export const schemaValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const part = partOf[httpPart ?? 'body'] ?? 'body';
  const integers = part === 'body' ? [] : integerProperties(schema);
  return (input: unknown) => {
    const value = withIntegers(input, integers);
    if (compiled.Check(value)) return { value };
    const errors = uniqueFields([...compiled.Errors(value)].flatMap((e) => fieldsOf(part, e)));
    return {
      error: new Problem('invalid-input', `The ${part} does not fit the contract.`, { errors }),
    };
  };
};

function fieldsOf(part: RequestPart, error: TLocalizedValidationError): ProblemField[] {
  const at = (name: string, detail: string): ProblemField => ({
    in: part,
    pointer: `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail,
  });
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => at(name, 'is missing'));
    case 'additionalProperties':
      return error.params.additionalProperties
        .slice(0, maxErrors)
        .map((name) => at(name, 'is not known here'));
    case 'boolean':
      return []; // repeats what additionalProperties reports
    case 'format':
      if (error.params.format !== 'date-time') break;
      return [{ in: part, pointer: error.instancePath, detail: notATime }];
    default:
  }
  return [{ in: part, pointer: error.instancePath, detail: error.message }];
}

function uniqueFields(fields: readonly ProblemField[]): ProblemField[] {
  const byText = new Map(fields.map((field) => [`${field.pointer}\n${field.detail}`, field]));
  return [...byText.values()];
}

function integerProperties(schema: TSchema): readonly string[] {
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> };
  return Object.keys(properties).filter((name) => properties[name]?.type === 'integer');
}

/** Addresses carry text only; anything but a plain whole number stays as it is and is rejected. */
function withIntegers(input: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof input !== 'object' || input === null) return input;
  const value: Record<string, unknown> = { ...input };
  for (const name of names) {
    const text = value[name];
    if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) value[name] = Number(text);
  }
  return value;
}
