import { all, synthesise } from '../../../test/synthesise';
import { allowBetween, allowFromNetwork, allowHttpsTo, addSecurityGroup } from './security-groups';

const stack = synthesise((scope) => {
  const group = (id: string) =>
    addSecurityGroup(scope, id, { name: id, description: id, vpcId: 'vpc-1' });
  const balancer = { name: 'balancer', group: group('balancer') };
  const api = { name: 'api', group: group('api') };
  allowBetween(scope, balancer, api, 8080);
  allowFromNetwork(scope, balancer, ['10.0.0.0/8', '2001:db8::/32'], 443);
  allowFromNetwork(scope, balancer, ['192.0.2.0/24'], 80);
  allowHttpsTo(scope, api, { name: 'network', cidr: '10.9.0.0/16' });
});

describe('security groups', () => {
  it('have no inline rules, which would conflict with rule resources', () => {
    for (const group of Object.values(all(stack, 'aws_security_group'))) {
      expect(group).not.toHaveProperty('ingress');
      expect(group).not.toHaveProperty('egress');
    }
  });

  it('allow one port at both ends, each referring to the other group', () => {
    expect(all(stack, 'aws_vpc_security_group_egress_rule')['balancer-to-api']).toMatchObject({
      security_group_id: '${aws_security_group.balancer.id}',
      referenced_security_group_id: '${aws_security_group.api.id}',
      from_port: 8080,
      to_port: 8080,
    });
    expect(all(stack, 'aws_vpc_security_group_ingress_rule')['api-from-balancer']).toMatchObject({
      security_group_id: '${aws_security_group.api.id}',
      referenced_security_group_id: '${aws_security_group.balancer.id}',
    });
  });

  it('allow one port from each network', () => {
    expect(all(stack, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      'balancer-443-from-network-0': { cidr_ipv4: '10.0.0.0/8', from_port: 443, to_port: 443 },
      'balancer-443-from-network-1': { cidr_ipv6: '2001:db8::/32', from_port: 443, to_port: 443 },
      'balancer-80-from-network-0': { cidr_ipv4: '192.0.2.0/24', from_port: 80, to_port: 80 },
    });
  });

  it('allow outgoing traffic to a single network', () => {
    expect(all(stack, 'aws_vpc_security_group_egress_rule')['api-to-network']).toMatchObject({
      cidr_ipv4: '10.9.0.0/16',
      from_port: 443,
      to_port: 443,
    });
  });
});
