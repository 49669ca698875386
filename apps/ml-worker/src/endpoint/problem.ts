import { DomainError, OversizeError } from '@clarity/domain';
import {
  problemCatalogue,
  problemContentType,
  problemType,
  ValidationError,
  type FieldError,
  type ProblemName,
} from '@clarity/schema';
import type { ServerResponse } from 'node:http';
import { UnsupportedBody } from './body-format';

export interface Problem {
  readonly problem: ProblemName;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** As many places as a person reads. */
const mostErrors = 20;

export function problem(name: ProblemName, detail: string): Problem {
  return { problem: name, detail, errors: [] };
}

/** What the caller learns of an error: nothing if it is not theirs. */
export function problemOf(error: unknown): Problem {
  if (error instanceof OversizeError) return problem('payload-too-large', error.message);
  if (error instanceof UnsupportedBody) return problem('unsupported-media-type', error.message);
  if (error instanceof ValidationError)
    return {
      problem: 'invalid-input',
      detail: error.message,
      errors: error.fields.slice(0, mostErrors),
    };
  if (error instanceof DomainError) return problem('unavailable', error.message);
  return problem('internal-error', 'The model failed on this week.');
}

/** Answers with problem+json (RFC 9457). @returns the status */
export function answerProblem(
  response: ServerResponse,
  { problem: name, detail, errors }: Problem,
): number {
  const { status, title } = problemCatalogue[name];
  const document = {
    type: problemType(name),
    title,
    status,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  };
  response
    .writeHead(status, {
      'content-type': problemContentType,
      'cache-control': 'no-store',
      ...(name === 'unavailable' ? { 'retry-after': '1' } : {}),
    })
    .end(JSON.stringify(document));
  return status;
}
