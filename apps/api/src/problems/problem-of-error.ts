import { DomainError } from '@clarity/domain';
import { type ProblemName, ValidationError } from '@clarity/schema';
import { Problem, type ProblemField } from './problem';

/** Seconds after which a client may try again when nothing better is known. */
const retrySoon = { 'retry-after': '5' };

/** What Fastify and its plugins throw, by code; the rest of their 4xx go by status. */
const problemOfCode: Readonly<Record<string, ProblemName>> = {
  FST_ERR_BAD_URL: 'invalid-input',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_NOT_FOUND: 'not-found',
};

const problemOfStatus: Readonly<Record<number, ProblemName>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'request-timeout',
  413: 'payload-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

const detailOfProblem: Partial<Record<ProblemName, string>> = {
  forbidden: 'This is not allowed.',
  'not-found': 'There is nothing at this address.',
  'payload-too-large': 'The body is larger than this route accepts.',
  'unsupported-media-type': 'Send the body as application/json.',
  'too-many-requests': 'Wait for the time in Retry-After, then try again.',
  'uri-too-long': 'A part of the address is longer than any identifier.',
};

interface FrameworkError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly problemFields?: unknown;
}

/**
 * Turns anything that was thrown into the problem to answer with.
 * Anything not foreseen is `internal-error` and its message stays inside.
 */
export function problemOfError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DomainError || error instanceof ValidationError)
    return problemOfDomain(error);
  const { code, statusCode } = (error ?? {}) as FrameworkError;
  const known =
    (typeof code === 'string' ? problemOfCode[code] : undefined) ??
    (typeof statusCode === 'number' ? problemOfStatus[statusCode] : undefined);
  if (known !== undefined)
    return withRetry(known, detailOfProblem[known] ?? 'The request is malformed.');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    // Fastify's own sentences about bodies and headers; they quote nothing of the request.
    return new Problem('invalid-input', error instanceof Error ? error.message : 'Bad request.');
  return new Problem(
    'internal-error',
    'Something went wrong on our side. Quote the requestId when you report it.',
    { cause: error },
  );
}

function problemOfDomain(error: DomainError | ValidationError): Problem {
  const name = error.kind;
  const fields = error instanceof ValidationError ? error.fields : [];
  const errors: ProblemField[] = fields.map((field) => ({ in: 'body', ...field }));
  // What exactly is down is for the log; the client can only wait.
  const detail = name === 'unavailable' ? 'A part of the service does not answer.' : error.message;
  return withRetry(name, detail, error, errors);
}

function withRetry(
  name: ProblemName,
  detail: string,
  cause?: unknown,
  errors: readonly ProblemField[] = [],
): Problem {
  const again = name === 'unavailable' || name === 'too-many-requests' || name === 'not-ready';
  return new Problem(name, detail, { cause, errors, ...(again ? { headers: retrySoon } : {}) });
}
