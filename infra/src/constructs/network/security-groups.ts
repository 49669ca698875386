import type { Construct } from 'constructs';
import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from '../../aws';

/** A security group without any rule; {@link allowBetween} and its siblings open what is needed. */
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

/** A group at one end of a rule; what a rule is for stands in its Name tag. */
interface End {
  /** Short name of the group, part of the rule's address. */
  readonly as: string;
  readonly group: SecurityGroup;
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

/** TCP from one group to another: a rule out of the first and one into the second. */
export function allowBetween(scope: Construct, from: End, to: End, port: number): void {
  const tags = { Name: `${from.as}-to-${to.as}` };
  new VpcSecurityGroupEgressRule(scope, `${from.as}-to-${to.as}`, {
    securityGroupId: from.group.id,
    referencedSecurityGroupId: to.group.id,
    tags,
    ...tcp(port),
  });
  new VpcSecurityGroupIngressRule(scope, `${to.as}-from-${from.as}`, {
    securityGroupId: to.group.id,
    referencedSecurityGroupId: from.group.id,
    tags,
    ...tcp(port),
  });
}

/** TCP into a group from a network outside; one rule a network. */
export const allowFromNetwork = (
  scope: Construct,
  to: End,
  cidrs: readonly string[],
  port: number,
) =>
  cidrs.map(
    (cidr, index) =>
      new VpcSecurityGroupIngressRule(scope, `${to.as}-${port}-from-network-${index}`, {
        securityGroupId: to.group.id,
        ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
        tags: { Name: `network-to-${to.as}` },
        ...tcp(port),
      }),
  );

/** HTTPS out of a group to anywhere: for AWS services without an endpoint in the network. */
export const allowHttpsOut = (scope: Construct, from: End) =>
  new VpcSecurityGroupEgressRule(scope, `${from.as}-to-internet`, {
    securityGroupId: from.group.id,
    cidrIpv4: '0.0.0.0/0',
    tags: { Name: `${from.as}-to-internet` },
    ...tcp(443),
  });

/** HTTPS out of a group to one network: for endpoints there that AWS makes and we do not name. */
export const allowHttpsTo = (
  scope: Construct,
  from: End,
  network: { readonly as: string; readonly cidr: string },
) =>
  new VpcSecurityGroupEgressRule(scope, `${from.as}-to-${network.as}`, {
    securityGroupId: from.group.id,
    cidrIpv4: network.cidr,
    tags: { Name: `${from.as}-to-${network.as}` },
    ...tcp(443),
  });

/** HTTPS out of a group to the addresses of a gateway endpoint (S3, DynamoDB). */
export const allowToGateway = (
  scope: Construct,
  from: End,
  gateway: { readonly as: string; readonly prefixListId: string },
) =>
  new VpcSecurityGroupEgressRule(scope, `${from.as}-to-${gateway.as}`, {
    securityGroupId: from.group.id,
    prefixListId: gateway.prefixListId,
    tags: { Name: `${from.as}-to-${gateway.as}` },
    ...tcp(443),
  });
