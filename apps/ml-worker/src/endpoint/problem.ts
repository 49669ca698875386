import { DomainError, type FieldError } from '@clarity/domain';
import type { ServerResponse } from 'node:http';
import { OversizeError } from '../weeks/oversize-error';

/** What can be wrong with an invocation; names and titles are the API's where it has the same. */
const catalogue = {
  'invalid-input': { status: 400, title: 'The request is malformed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'The resource does not know this method' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'internal-error': { status: 500, title: 'Unexpected error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const;
export type ProblemName = keyof typeof catalogue;

export interface Problem {
  readonly problem: ProblemName;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** As many places as somebody reads. */
const mostErrors = 20;

export function problem(name: ProblemName, detail: string): Problem {
  return { problem: name, detail, errors: [] };
}

/** What the caller is told of an error; of one that is not theirs, nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof OversizeError) return problem('payload-too-large', error.message);
  if (error instanceof DomainError && error.kind === 'invalid-input')
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
  const { status, title } = catalogue[name];
  const document = {
    type: `urn:clarity:problem:${name}`,
    title,
    status,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  };
  response
    .writeHead(status, {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(name === 'unavailable' ? { 'retry-after': '1' } : {}),
    })
    .end(JSON.stringify(document));
  return status;
}
