/** What went wrong, in the domain's own words. The HTTP layer maps each kind to one status. */
export type DomainErrorKind =
  | 'invalid-input'
  | 'unauthenticated'
  | 'unconfirmed'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'not-ready'
  | 'no-data'
  | 'too-many-requests'
  | 'unavailable';

/** One offending place in an input, addressed by an RFC 6901 JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export class DomainError extends Error {
  constructor(
    readonly kind: DomainErrorKind,
    message: string,
    readonly fields: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DomainError';
  }
}
