import type { Construct } from 'constructs';
import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from '../../aws';

/** A security group without rules; {@link allowBetween} and the functions below add them. */
export const addSecurityGroup = (
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly description: string; readonly vpcId: string },
): SecurityGroup =>
  new SecurityGroup(scope, id, {
    name: props.name,
    description: props.description,
    vpcId: props.vpcId,
    revokeRulesOnDelete: true,
    tags: { Name: props.name },
  });

/** A group at one end of a rule. The rule's Name tag names both ends. */
interface End {
  /** Short name of the group, part of the rule's address. */
  readonly name: string;
  readonly group: SecurityGroup;
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

/** TCP from one group to another: a rule out of the first and one into the second. */
export function allowBetween(scope: Construct, from: End, to: End, port: number): void {
  const tags = { Name: `${from.name}-to-${to.name}` };
  new VpcSecurityGroupEgressRule(scope, `${from.name}-to-${to.name}`, {
    securityGroupId: from.group.id,
    referencedSecurityGroupId: to.group.id,
    tags,
    ...tcp(port),
  });
  new VpcSecurityGroupIngressRule(scope, `${to.name}-from-${from.name}`, {
    securityGroupId: to.group.id,
    referencedSecurityGroupId: from.group.id,
    tags,
    ...tcp(port),
  });
}

/** TCP into a group from outside networks; one rule per network. */
export const allowFromNetwork = (
  scope: Construct,
  to: End,
  cidrs: readonly string[],
  port: number,
) =>
  cidrs.map(
    (cidr, index) =>
      new VpcSecurityGroupIngressRule(scope, `${to.name}-${port}-from-network-${index}`, {
        securityGroupId: to.group.id,
        ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
        tags: { Name: `network-to-${to.name}` },
        ...tcp(port),
      }),
  );

/** HTTPS out of a group to anywhere: for AWS services without an endpoint in the network. */
export const allowHttpsOut = (scope: Construct, from: End) =>
  new VpcSecurityGroupEgressRule(scope, `${from.name}-to-internet`, {
    securityGroupId: from.group.id,
    cidrIpv4: '0.0.0.0/0',
    tags: { Name: `${from.name}-to-internet` },
    ...tcp(443),
  });

/** HTTPS out of a group to one network, for endpoints that AWS itself creates there. */
export const allowHttpsTo = (
  scope: Construct,
  from: End,
  network: { readonly name: string; readonly cidr: string },
) =>
  new VpcSecurityGroupEgressRule(scope, `${from.name}-to-${network.name}`, {
    securityGroupId: from.group.id,
    cidrIpv4: network.cidr,
    tags: { Name: `${from.name}-to-${network.name}` },
    ...tcp(443),
  });

/** HTTPS out of a group to the addresses of a gateway endpoint (S3, DynamoDB). */
export const allowToGateway = (
  scope: Construct,
  from: End,
  gateway: { readonly name: string; readonly prefixListId: string },
) =>
  new VpcSecurityGroupEgressRule(scope, `${from.name}-to-${gateway.name}`, {
    securityGroupId: from.group.id,
    prefixListId: gateway.prefixListId,
    tags: { Name: `${from.name}-to-${gateway.name}` },
    ...tcp(443),
  });
