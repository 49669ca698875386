/** One offending place in an input, addressed by an RFC 6901 JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Input that does not fit: a client's body, a message, a configuration. The sender has to fix it. */
export class ValidationError extends Error {
  /** The name of this problem in the catalogue; tells it apart from other errors with a kind. */
  readonly kind = 'invalid-input';

  constructor(
    message: string,
    readonly fields: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ValidationError';
  }
}
