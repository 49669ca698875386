import { Construct } from 'constructs';
import {
  AcmCertificate,
  AcmCertificateValidation,
  Route53HealthCheck,
  Route53Record,
  Route53Zone,
} from '../../aws';

export interface ApiDomainProps {
  /** Name tag of resources without a name. */
  readonly name: string;
  readonly zone:
    | { readonly kind: 'own'; readonly name: string; readonly parentZoneId?: string }
    | { readonly kind: 'existing'; readonly name: string; readonly id: string };
  readonly api: string;
  readonly alternatives: readonly string[];
  /** A new zone would have other name servers, to which the parent zone does not delegate. */
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** The load balancer as the target of an alias record. */
export interface AliasTarget {
  readonly dnsName: string;
  readonly zoneId: string;
}

/** The API's DNS zone, and a certificate that renews itself while we control the zone. */
export class ApiDomain extends Construct {
  readonly zoneId: string;
  /** Of the issued (validated) certificate, which listeners need. */
  readonly certificateArn: string;
  readonly nameServers: string[] | undefined;
  private readonly names: readonly string[];

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const zone = this.zone(props);
    this.zoneId = zone.id;
    this.nameServers = zone.nameServers;
    this.names = [props.api, ...props.alternatives];
    this.certificateArn = this.certificate(props);
  }

  private zone({ zone, preventDestroy }: ApiDomainProps) {
    if (zone.kind === 'existing') return { id: zone.id, nameServers: undefined };
    const own = new Route53Zone(this, 'zone', {
      name: zone.name,
      comment: 'Public names of the API',
      lifecycle: { preventDestroy },
    });
    if (zone.parentZoneId)
      new Route53Record(this, 'delegation', {
        zoneId: zone.parentZoneId,
        name: zone.name,
        type: 'NS',
        ttl: 3600,
        records: own.nameServers,
      });
    // No other authority may issue for these names, not even if a record is hijacked.
    new Route53Record(this, 'authorities', {
      zoneId: own.zoneId,
      name: zone.name,
      type: 'CAA',
      ttl: 3600,
      records: ['0 issue "amazon.com"', '0 issuewild ";"'],
    });
    return { id: own.zoneId, nameServers: own.nameServers };
  }

  private certificate(props: ApiDomainProps): string {
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName: props.api,
      ...(props.alternatives.length > 0
        ? { subjectAlternativeNames: [...props.alternatives] }
        : {}),
      validationMethod: 'DNS',
      keyAlgorithm: 'EC_prime256v1',
      tags: { Name: props.name },
      // The listener needs the new certificate before the old one can be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    // One record per known name. A for_each over ACM's response could not be planned.
    const records = this.names.map((name) => {
      const option = (attribute: string) =>
        `\${one([for o in ${certificate.fqn}.domain_validation_options : o.resource_record_${attribute} if o.domain_name == "${name}"])}`;
      return new Route53Record(this, `validation-${name}`, {
        zoneId: this.zoneId,
        name: option('name'),
        type: option('type'),
        records: [option('value')],
        ttl: 300,
        // Certificates of two environments may need the same record.
        allowOverwrite: true,
      });
    });
    const validation = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
      timeouts: { create: props.resourceTimeout },
    });
    return validation.certificateArn;
  }

  /** Points all names to a load balancer. */
  addAliases(balancer: AliasTarget, ipAddressType: 'ipv4' | 'dualstack'): void {
    const types = ipAddressType === 'dualstack' ? ['A', 'AAAA'] : ['A'];
    for (const name of this.names)
      for (const type of types)
        new Route53Record(this, `${type.toLowerCase()}-${name}`, {
          zoneId: this.zoneId,
          name,
          type,
          alias: {
            name: balancer.dnsName,
            zoneId: balancer.zoneId,
            evaluateTargetHealth: true,
          },
        });
  }

  /** Makes Route 53 check from several continents whether the API is ready. */
  addHealthCheck(props: {
    readonly name: string;
    readonly intervalSeconds: number;
    readonly failures: number;
  }): Route53HealthCheck {
    const [api = ''] = this.names;
    return new Route53HealthCheck(this, 'health', {
      type: 'HTTPS',
      fqdn: api,
      port: 443,
      resourcePath: '/readyz',
      enableSni: true,
      measureLatency: true,
      requestInterval: props.intervalSeconds,
      failureThreshold: props.failures,
      tags: { Name: props.name },
    });
  }
}
