import { resolveNs } from 'node:dns/promises';
import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { Finding } from '../finding';
import type { Requirements } from '../requirements';

/** Name servers of a domain, as the public DNS has them; none if it is not delegated. */
export type ResolveNameServers = (domain: string) => Promise<readonly string[]>;

const publicNameServers: ResolveNameServers = (domain) =>
  resolveNs(domain).catch((): readonly string[] => []);

/** Certificates are issued once the parent zone delegates to the name servers of ours. */
export async function checkDelegation(
  route53: Route53Client,
  { hostedZones }: Requirements,
  resolve: ResolveNameServers = publicNameServers,
): Promise<readonly Finding[]> {
  return Promise.all(
    hostedZones.map(async (domain): Promise<Finding> => {
      const subject = `DNS of ${domain}`;
      const ours = await nameServersOf(route53, domain);
      if (ours.length === 0)
        return {
          subject,
          outcome: 'later',
          text: 'the first apply creates the zone, and waits until its parent zone delegates to the name servers that it prints',
        };
      const delegated = (await resolve(domain)).map(withoutDot);
      return ours.some((server) => delegated.includes(server))
        ? { subject, outcome: 'ok', text: 'delegated to this zone' }
        : {
            subject,
            outcome: 'later',
            text: `not delegated. Add an NS record for ${domain} to its parent zone: ${ours.join(', ')}`,
          };
    }),
  );
}

async function nameServersOf(route53: Route53Client, domain: string): Promise<readonly string[]> {
  const { HostedZones = [] } = await route53.send(
    new ListHostedZonesByNameCommand({ DNSName: domain, MaxItems: 1 }),
  );
  const zone = HostedZones.find(({ Name = '' }) => withoutDot(Name) === domain);
  if (!zone) return [];
  const { DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: zone.Id }));
  return (DelegationSet?.NameServers ?? []).map(withoutDot);
}

const withoutDot = (name: string) => name.replace(/\.$/, '').toLowerCase();
