import Schema from 'typebox/schema';
import { description, type Operation } from './description';

/** What GitHub answers to any request, described or not. */
const anywhere = new Set([400, 401, 403, 404, 422, 429, 500, 501, 502, 503, 504]);

/**
 * Holds an answer of ours against GitHub's description.
 * @returns why GitHub would not answer this, or undefined
 */
export function answerViolation(
  operation: Operation,
  { status, body }: { readonly status: number; readonly body?: unknown },
): string | undefined {
  const described = operation.answers[String(status)];
  if (described === undefined && !anywhere.has(status))
    return `${operation.id} never answers ${status}`;
  if (described === null)
    return body === undefined ? undefined : `${operation.id} ${status} has no body`;
  const schema =
    described ?? (status === 422 ? { $ref: 'validation-error' } : { $ref: 'basic-error' });
  const [valid, errors] = Schema.Errors(description.$defs, schema, body);
  if (valid) return undefined;
  const reasons = errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return `${operation.id} ${status}: ${reasons.slice(0, 5).join('; ')}`;
}
