import { ValidationError } from '@clarity/schema';
import { PipelineError } from '../errors';

/**
 * Parses the text of a file that a person or another job gave.
 * @throws PipelineError `usage` with the path and every place that is malformed
 */
export function parseFile<Value>(
  path: string,
  text: string,
  parse: (text: string) => Value,
): Value {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const places = error.fields.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`);
    const message = [`${path}: ${error.message}`, ...places].join('\n  ');
    throw new PipelineError('usage', message, undefined, { cause: error });
  }
}
