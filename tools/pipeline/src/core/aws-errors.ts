import { PipelineError } from '../errors';

/** A call of AWS: the service and its operation, e.g. `DynamoDB` and `GetItem`. */
interface Call {
  readonly service: string;
  readonly operation: string;
}

/** What the SDK puts into the errors of its clients; every field may be missing. */
interface SdkError {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** The call that each error of a client comes from: the error itself does not have it. */
const failedCalls = new WeakMap<Error, Call>();

/** Middleware of an SDK client that remembers which call an error comes from; the error stays as it is. */
export function rememberFailedCall<Arguments, Result>(
  next: (args: Arguments) => Promise<Result>,
  { clientName = 'AWS', commandName = '' }: { clientName?: string; commandName?: string },
): (args: Arguments) => Promise<Result> {
  const call = {
    service: clientName.replace(/Client$/, ''),
    operation: commandName.replace(/Command$/, ''),
  };
  return (args) =>
    next(args).catch((error: unknown) => {
      if (error instanceof Error) failedCalls.set(error, call);
      throw error;
    });
}

/**
 * One sentence about a call that AWS refused or did not answer, and what to do about it.
 * @returns any other error as it is
 */
export function explainedAwsError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const call = failedCalls.get(error);
  const { code, $metadata }: Error & SdkError = error;
  const failure = failures.find(({ names }) => names.has(code ?? '') || names.has(error.name));
  // Without an answer and without a known name it is a bug here, such as a malformed request.
  if (!call || !(failure || $metadata?.httpStatusCode)) return error;
  const id = $metadata?.requestId ? ` (${$metadata.requestId})` : '';
  const name = code ?? error.name;
  const text = `${call.service} ${call.operation}: ${name}${id}${error.message && `: ${error.message}`}`;
  return new PipelineError('environment', text, failure?.advice, { cause: error });
}

/** Whether AWS refuses a call for good, and not only now: the credentials have expired, or lack a right. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', name, $metadata }: Error & SdkError = error;
  const { httpStatusCode: status = 0 } = $metadata ?? {};
  const isOurFault = status >= 400 && status < 500 && status !== 429;
  const failure = failures.find(({ names }) => names.has(code) || names.has(name));
  return failure ? failure.isForGood : isOurFault;
}

/** The failures that a person can end, by the names that AWS, its SDK and Node.js give to them. */
const failures: readonly {
  readonly names: ReadonlySet<string>;
  readonly advice: string;
  /** Whether the same call fails again, however often it is made. */
  readonly isForGood: boolean;
}[] = [
  {
    names: new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']),
    isForGood: true,
    advice: 'The AWS credentials have expired. Sign in again, or run the job again.',
  },
  {
    names: new Set([
      'CredentialsProviderError',
      'TokenProviderError',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ]),
    isForGood: true,
    advice:
      "There are no valid AWS credentials. By hand, sign in to the environment's account and set AWS_PROFILE; in a workflow, use aws-actions/configure-aws-credentials.",
  },
  {
    names: new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']),
    isForGood: true,
    advice:
      "Check that these are credentials of the environment's account. The pipeline's roles get their permissions from infra/src/permissions.",
  },
  {
    names: new Set([
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'SlowDown',
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
    ]),
    isForGood: false,
    advice: 'AWS limits how often it is called, and retries did not help. Run this again later.',
  },
  {
    names: new Set([
      'EAI_AGAIN',
      'ECONNREFUSED',
      'ECONNRESET',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOTFOUND',
      'EPIPE',
      'ETIMEDOUT',
      'TimeoutError',
    ]),
    isForGood: false,
    advice:
      'Check the network, AWS_ENDPOINT_URL if it is set, and that the embedded AWS is running if this run needs it.',
  },
];
