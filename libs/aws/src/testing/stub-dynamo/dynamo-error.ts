/** An error as DynamoDB names it; `details` are further members of its answer. */
export class DynamoError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export function invalid(message: string): DynamoError {
  return new DynamoError('ValidationException', message);
}
