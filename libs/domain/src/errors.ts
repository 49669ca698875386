/** What went wrong, in the domain's own words. The HTTP layer maps each kind to one status. */
export type DomainErrorKind =
  | 'unauthenticated'
  | 'unconfirmed'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-many-requests'
  | 'unavailable';

export class DomainError extends Error {
  constructor(
    readonly kind: DomainErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DomainError';
  }
}
