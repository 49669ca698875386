import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ValidationError, type FieldError } from './validation-error';

/**
 * A parser for one schema, compiled once.
 * @param what names the document in the error, e.g. "queue message"
 * @throws ValidationError with a JSON pointer for each offending place
 */
export function parser<T extends TSchema>(
  what: string,
  schema: T,
): (input: unknown) => NoInfer<Static<T>> {
  const compiled = Compile(schema);
  return (input) => {
    if (compiled.Check(input)) return input as Static<T>;
    const fields: FieldError[] = [...compiled.Errors(input)].map((error) => ({
      pointer: error.instancePath,
      detail: error.message,
    }));
    throw new ValidationError(`The ${what} is malformed.`, fields);
  };
}

/** As {@link parser}, from JSON text. Text that is not JSON is a ValidationError too. */
export function jsonParser<T extends TSchema>(
  what: string,
  schema: T,
): (text: string) => NoInfer<Static<T>> {
  const parse = parser(what, schema);
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new ValidationError(`The ${what} is not JSON.`, [], { cause });
    }
    return parse(value);
  };
}

/**
 * Parses what we stored ourselves. If that is malformed it is our fault and not the client's: a plain
 * Error, which is answered as 500 and logged, never a ValidationError.
 * @throws Error
 */
export function stored<Input, Value>(parse: (input: Input) => Value): (input: Input) => Value {
  return (input) => {
    try {
      return parse(input);
    } catch (cause) {
      throw new Error(cause instanceof Error ? cause.message : 'Stored data is malformed.', {
        cause,
      });
    }
  };
}
