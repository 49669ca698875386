import { request } from 'node:http';
import { matches, type TargetHealthCheck } from './target-group';

/** Why a health check failed, as `TargetHealth` of the API has it. */
export interface CheckFailure {
  readonly reason: string;
  readonly description: string;
}

/**
 * One health check of a target, as ELB makes it: a GET on a connection of its own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 * @returns undefined if the target is healthy
 */
export function checkTarget(
  port: number,
  { path, matcher, timeoutMs }: Pick<TargetHealthCheck, 'path' | 'matcher' | 'timeoutMs'>,
): Promise<CheckFailure | undefined> {
  return new Promise((resolve) => {
    const check = request({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    check.once('error', ({ name }) =>
      resolve(name === 'TimeoutError' || name === 'AbortError' ? timedOut : failed),
    );
    check.once('response', (response) => {
      response.resume();
      response.once('error', () => resolve(failed));
      const { statusCode = 0 } = response;
      resolve(matches(matcher, statusCode) ? undefined : mismatch(statusCode));
    });
    check.end();
  });
}

const failed: CheckFailure = {
  reason: 'Target.FailedHealthChecks',
  description: 'Health checks failed',
};
const timedOut: CheckFailure = { reason: 'Target.Timeout', description: 'Request timed out' };
const mismatch = (code: number): CheckFailure => ({
  reason: 'Target.ResponseCodeMismatch',
  description: `Health checks failed with these codes: [${code}]`,
});
