import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error';
import { activeTraceId } from './trace-id';

export type { Logger };

/** The values of these are replaced in a logged object and two levels below: logs about health data name no person and leak no key. */
const secretFields = [
  'authorization',
  'cookie',
  'password',
  'email',
  'code',
  'token',
  'accessToken',
  'idToken',
  'refreshToken',
  'secret',
];

/**
 * The JSON logger of one process, one line per event, with the trace that it belongs to. An error is logged as
 * `err`, with its causes.
 * @param service e.g. `api`; on every line
 * @param destination for tests; standard output otherwise
 */
export function createLogger(
  service: string,
  level: string = 'info',
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: { service },
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: () => {
      const traceId = activeTraceId();
      return traceId === undefined ? {} : { traceId };
    },
    serializers: {
      err: (error: unknown) => (error instanceof Error ? describeError(error) : error),
    },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
