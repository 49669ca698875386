import { DomainError, type DomainErrorKind } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';

/** Kind, message, and the JSON pointer of the field to blame if it is one field of the input. */
export type ErrorMeaning = readonly [DomainErrorKind | 'invalid-input', string, string?];

/** What an AWS error of this name means to the caller of a port, if it is more than a failure. */
export type ErrorMeanings = Readonly<Record<string, ErrorMeaning>>;

/** Throttling counts against the service, not the person, unless a port says otherwise. */
const throttled = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
]);

/**
 * Calls AWS; the one place where its errors become DomainErrors and ValidationErrors. Messages name the service only:
 * what AWS says may hold names of resources or people, so it stays in `cause`.
 * @throws DomainError or ValidationError as `meanings` has it; `unavailable` for everything else
 */
export async function callAws<T>(
  service: string,
  call: () => Promise<T>,
  meanings: ErrorMeanings = {},
): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof DomainError || cause instanceof ValidationError) throw cause;
    const name = awsErrorName(cause);
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
    const [kind, message, pointer] = meaning ?? ['unavailable', failureOf(service, cause)];
    if (kind !== 'invalid-input') throw new DomainError(kind, message, { cause });
    const fields = pointer === undefined ? [] : [{ pointer, detail: message }];
    throw new ValidationError(message, fields, { cause });
  }
}

/** @returns the error code that AWS gave, or '' if AWS did not fail */
export function awsErrorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function failureOf(service: string, cause: unknown): string {
  return throttled.has(awsErrorName(cause))
    ? `${service} takes no more requests at the moment.`
    : `${service} did not answer as it should.`;
}
