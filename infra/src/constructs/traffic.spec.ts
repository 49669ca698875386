import { all, only, synthesise } from '../../test/synthesise';
import { allowBetween, allowFromNetwork, closedGroup } from './traffic';

const stack = synthesise((scope) => {
  const group = (id: string) =>
    closedGroup(scope, id, { name: id, description: id, vpcId: 'vpc-1' });
  const balancer = { as: 'balancer', group: group('balancer') };
  const api = { as: 'api', group: group('api') };
  allowBetween(scope, balancer, api, 8080);
  allowFromNetwork(scope, balancer, ['10.0.0.0/8', '192.0.2.0/24'], 443);
});

describe('traffic', () => {
  it('has no rules inside a group, where two stacks of rules would fight', () => {
    for (const group of Object.values(all(stack, 'aws_security_group'))) {
      expect(group).not.toHaveProperty('ingress');
      expect(group).not.toHaveProperty('egress');
    }
  });

  it('opens one port at both ends, each naming the other group', () => {
    expect(only(stack, 'aws_vpc_security_group_egress_rule')).toMatchObject({
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

  it('names each network from which it lets in', () => {
    const fromNetworks = Object.values(all(stack, 'aws_vpc_security_group_ingress_rule')).flatMap(
      (rule) => rule['cidr_ipv4'] ?? [],
    );
    expect(fromNetworks).toEqual(['10.0.0.0/8', '192.0.2.0/24']);
  });
});
