/** One reason of a 422. */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

const documentation = 'https://docs.github.com/rest';

/** An answer other than what was asked for, in GitHub's shape. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: {
      readonly errors?: readonly FieldError[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
  }

  get body(): unknown {
    const { errors } = this.details;
    const common = { message: this.message, documentation_url: documentation };
    return { ...common, ...(errors && { errors }), status: String(this.status) };
  }
}

export const notFound = () => new Refusal(404, 'Not Found');

export const validationFailed = (...errors: readonly FieldError[]) =>
  new Refusal(422, 'Validation Failed', { errors });
