import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';

/** Milliseconds. A healthy AWS connects within tens of them; what does not is better tried again. */
const connectionTimeout = 2_000;
/** The first try and two more, with the SDK's backoff. */
const maxAttempts = 3;

/** The connections that a process shares. */
interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * How long a client waits, and how often it tries.
 * @param timeoutMs milliseconds until an answer begins, and that its connection may be silent at any time
 */
export function clientSettings(agents: Agents, timeoutMs: number) {
  return {
    maxAttempts,
    retryMode: 'standard',
    requestHandler: {
      ...agents,
      connectionTimeout,
      requestTimeout: timeoutMs,
      // Without it the SDK only logs a warning and waits on.
      throwOnRequestTimeout: true,
      // The timeout of the request ends with the headers of the answer; a body that stalls has this one only.
      socketTimeout: timeoutMs,
    },
  };
}
