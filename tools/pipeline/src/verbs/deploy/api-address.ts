import { parser } from '@clarity/schema';
import Type from 'typebox';
import type { EnvironmentName } from '../../core/environment';
import { namesOf } from '../../core/names';

const parseReports = parser(
  'load balancers of the embedded AWS',
  Type.Array(Type.Object({ dnsName: Type.String(), url: Type.String() })),
);
const limitMs = 5_000;

/**
 * The address of the API after a deploy.
 * @param domain its address in an account
 * @param embedded the endpoint of the embedded AWS, whose load balancers listen on loopback instead
 */
export async function apiAddress(
  domain: string,
  environment: EnvironmentName,
  embedded: string | undefined,
): Promise<string> {
  if (embedded === undefined) return domain;
  try {
    const page = await fetch(`${embedded}/_local/load-balancers`, {
      signal: AbortSignal.timeout(limitMs),
    });
    const balancer = parseReports(await page.json()).find(({ dnsName }) =>
      dnsName.startsWith(`${namesOf(environment).cluster}-`),
    );
    return balancer?.url ?? domain;
  } catch {
    // The deploy is complete, even if its address cannot be found.
    return domain;
  }
}
