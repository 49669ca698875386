import { all, only, synthesise } from '../../../test/synthesise';
import { NetworkWithPrivateSubnets } from './network-with-private-subnets';

const network = (natGateways: 'one' | 'one-per-zone') =>
  synthesise((scope) => {
    new NetworkWithPrivateSubnets(scope, 'network', {
      name: 'clarity-test',
      cidr: '10.9.0.0/16',
      availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      natGateways,
      resourceTimeout: '5m',
    });
  });

describe('NetworkWithPrivateSubnets', () => {
  it('has a public and a private subnet in each zone, none overlapping', () => {
    const subnets = Object.values(all(network('one'), 'aws_subnet'));
    expect(subnets).toHaveLength(6);
    expect(new Set(subnets.map((subnet) => subnet['cidr_block'])).size).toBe(6);
    expect(subnets.every((subnet) => subnet['map_public_ip_on_launch'] === false)).toBe(true);
  });

  it('has IPv6 in all subnets for a dual-stack balancer, but routes only for public ones', () => {
    const stack = network('one');
    expect(only(stack, 'aws_vpc')).toMatchObject({ assign_generated_ipv6_cidr_block: true });
    const blocks = Object.values(all(stack, 'aws_subnet')).map(
      (subnet) => subnet['ipv6_cidr_block'],
    );
    expect(new Set(blocks).size).toBe(6);
    const routes = Object.values(all(stack, 'aws_route')).filter(
      (route) => route['destination_ipv6_cidr_block'] !== undefined,
    );
    expect(routes).toMatchObject([
      { route_table_id: '${aws_route_table.network_public-routes.id}' },
    ]);
  });

  it('removes the rules of the default security group', () => {
    const group = only(network('one'), 'aws_default_security_group');
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  });

  it('routes all zones through one NAT gateway, or each through its own', () => {
    const natRoutes = (stack: ReturnType<typeof network>) =>
      Object.values(all(stack, 'aws_route')).flatMap((route) => route['nat_gateway_id'] ?? []);
    expect(new Set(natRoutes(network('one')))).toHaveProperty('size', 1);
    expect(natRoutes(network('one'))).toHaveLength(3);
    expect(new Set(natRoutes(network('one-per-zone')))).toHaveProperty('size', 3);
    expect(Object.keys(all(network('one-per-zone'), 'aws_eip'))).toHaveLength(3);
  });
});
