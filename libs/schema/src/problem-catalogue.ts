/**
 * Every problem (RFC 9457) that the API and the worker's endpoint answer with. The name is the stable
 * part, the last segment of `type`; clients branch on it.
 */
export const problemCatalogue = {
  'invalid-input': { status: 400, title: 'The request is malformed' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this query' },
  unauthenticated: { status: 401, title: 'Credentials are missing or not valid' },
  unconfirmed: { status: 403, title: 'The account is not confirmed' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'In conflict with what is stored' },
  'not-ready': { status: 409, title: 'The analysis has not ended yet' },
  'analysis-failed': { status: 409, title: 'The analysis ended without a result' },
  'request-in-flight': {
    status: 409,
    title: 'A request with this Idempotency-Key is being processed',
  },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'uri-too-long': { status: 414, title: 'URI too long' },
  'unsupported-media-type': { status: 415, title: 'The body is not in a supported format' },
  'no-data': { status: 422, title: 'There is no data to analyse' },
  'week-not-over': { status: 422, title: 'The week is not over yet' },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for a different request',
  },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  'internal-error': { status: 500, title: 'Unexpected error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof problemCatalogue;

/** The `type` member of a problem document: a URN that clients compare as a whole. */
export function problemType(name: ProblemName): string {
  return `urn:clarity:problem:${name}`;
}

export const problemContentType = 'application/problem+json; charset=utf-8';
