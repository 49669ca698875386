import { request } from 'node:http';
import { matches, type TargetHealthCheck } from './target-group';

/** One health check of a target, as ELB makes it: a GET on a connection of its own. */
export function checkTarget(
  port: number,
  { path, matcher, timeoutMs }: Pick<TargetHealthCheck, 'path' | 'matcher' | 'timeoutMs'>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const check = request({
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    check.once('error', () => resolve(false));
    check.once('response', (response) => {
      response.resume();
      response.once('error', () => resolve(false));
      resolve(matches(matcher, response.statusCode ?? 0));
    });
    check.end();
  });
}
