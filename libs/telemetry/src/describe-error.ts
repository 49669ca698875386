/** What a person needs to look an error up: AWS's own request id and HTTP status are in it. */
export interface ErrorDescription {
  readonly name: string;
  readonly message?: string;
  readonly stack?: string | undefined;
  /** HTTP status of the answer, if AWS gave one. */
  readonly status?: number;
  /** AWS's name for the request, for its support and for CloudTrail. */
  readonly requestId?: string;
  readonly cause?: ErrorDescription;
}

/** The part of an error of the AWS SDK that names the answer; see `ResponseMetadata` in @smithy/types. */
interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Further causes are left out: a chain may go round in a circle. */
const mostCauses = 8;

/** An error and its causes, for the log; no further fields of theirs, which could carry data. */
export function describeError(error: unknown, causesLeft = mostCauses): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const { httpStatusCode, requestId } = (error as Answered).$metadata ?? {};
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(httpStatusCode !== undefined && { status: httpStatusCode }),
    ...(requestId !== undefined && { requestId }),
    ...(error.cause !== undefined &&
      causesLeft > 0 && { cause: describeError(error.cause, causesLeft - 1) }),
  };
}
