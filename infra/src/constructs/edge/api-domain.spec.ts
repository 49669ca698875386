import { all, only, type Synthesised, synthesise } from '../../../test/synthesise';
import { ApiDomain, type ApiDomainProps } from './api-domain';

const api = 'api.clarity.example';
const domain = (
  props: Partial<ApiDomainProps> = {},
  ipAddressType: 'ipv4' | 'dualstack' = 'ipv4',
) =>
  synthesise((scope) => {
    const built = new ApiDomain(scope, 'domain', {
      name: 'clarity-test',
      zone: { kind: 'own', name: 'clarity.example' },
      api,
      alternatives: [],
      preventDestroy: true,
      resourceTimeout: '5m',
      ...props,
    });
    built.addAliases({ dnsName: 'balancer.example', zoneId: 'ZBALANCER' }, ipAddressType);
    built.addHealthCheck({ name: 'clarity-test', intervalSeconds: 30, failures: 3 });
  });
const records = (stack: Synthesised, type: string) =>
  Object.values(all(stack, 'aws_route53_record')).filter((record) => record['type'] === type);
const validations = (stack: Synthesised) =>
  Object.entries(all(stack, 'aws_route53_record')).filter(([id]) => id.includes('_validation-'));

describe('ApiDomain', () => {
  it('validates each name with records whose number is known at plan time', () => {
    const stack = domain({ alternatives: ['health.clarity.example'] });
    expect(only(stack, 'aws_acm_certificate')).toMatchObject({
      domain_name: api,
      subject_alternative_names: ['health.clarity.example'],
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    });
    expect(validations(stack)).toHaveLength(2);
    for (const [, record] of validations(stack)) expect(record).not.toHaveProperty('for_each');
    expect(validations(stack)[0]?.[1]['records']).toEqual([
      expect.stringContaining(`if o.domain_name == "${api}"`),
    ]);
    expect(only(stack, 'aws_acm_certificate_validation')['validation_record_fqdns']).toHaveLength(
      2,
    );
  });

  it('points each name to the load balancer, over IPv6 only if it is dual-stack', () => {
    expect(records(domain(), 'AAAA')).toEqual([]);
    const stack = domain({ alternatives: ['health.clarity.example'] }, 'dualstack');
    for (const type of ['A', 'AAAA']) {
      expect(records(stack, type).map((record) => record['name'])).toEqual([
        api,
        'health.clarity.example',
      ]);
      for (const record of records(stack, type))
        expect(record['alias']).toMatchObject({ name: 'balancer.example', zone_id: 'ZBALANCER' });
    }
  });

  it('allows only Amazon to issue certificates for its own zone', () => {
    expect(records(domain(), 'CAA')[0]).toMatchObject({
      records: ['0 issue "amazon.com"', '0 issuewild ";"'],
    });
  });

  it('delegates only from a parent zone in this account', () => {
    expect(records(domain(), 'NS')).toEqual([]);
    const zone = { kind: 'own', name: 'clarity.example', parentZoneId: 'ZPARENT000' } as const;
    expect(records(domain({ zone }), 'NS')[0]).toMatchObject({
      zone_id: 'ZPARENT000',
      records: '${aws_route53_zone.domain_zone.name_servers}',
    });
  });

  it('adds only its own names to an existing zone', () => {
    const stack = domain({ zone: { kind: 'existing', name: 'clarity.example', id: 'ZEXISTING0' } });
    expect(all(stack, 'aws_route53_zone')).toEqual({});
    expect(records(stack, 'CAA')).toEqual([]);
    expect(records(stack, 'A')[0]).toMatchObject({ zone_id: 'ZEXISTING0' });
  });

  it('has a health check of /readyz from outside', () => {
    expect(only(domain(), 'aws_route53_health_check')).toMatchObject({
      type: 'HTTPS',
      fqdn: api,
      port: 443,
      resource_path: '/readyz',
      request_interval: 30,
      failure_threshold: 3,
    });
  });
});
