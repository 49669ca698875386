import { Construct } from 'constructs';
import {
  DefaultSecurityGroup,
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
} from '../../aws';
import { Fn } from '../../cdktf';

export interface NetworkWithPrivateSubnetsProps {
  readonly name: string;
  /** A /16; each subnet takes a /20 of it. */
  readonly cidr: string;
  readonly availabilityZones: readonly string[];
  readonly natGateways: 'one' | 'one-per-zone';
  readonly resourceTimeout: string;
}

interface Zone {
  readonly zone: string;
  readonly publicSubnet: Subnet;
  readonly privateSubnet: Subnet;
  readonly privateRoutes: RouteTable;
}

const internet = '0.0.0.0/0';
const internetV6 = '::/0';

/**
 * A VPC with a public and a private subnet per zone; private subnets reach the internet through NAT. All
 * have IPv6 addresses, which a dual-stack load balancer requires; private ones have no IPv6 route.
 */
export class NetworkWithPrivateSubnets extends Construct {
  readonly vpcId: string;
  readonly cidr: string;
  readonly publicSubnetIds: string[];
  readonly privateSubnetIds: string[];
  readonly privateRouteTableIds: string[];
  /** Public addresses work only after the gateway is attached. */
  readonly internetGateway: InternetGateway;

  constructor(scope: Construct, id: string, props: NetworkWithPrivateSubnetsProps) {
    super(scope, id);
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: props.cidr,
      assignGeneratedIpv6CidrBlock: true,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: props.name },
    });
    // Adopted to remove its rules: nothing must end up in it unnoticed.
    new DefaultSecurityGroup(this, 'unused-default-group', {
      vpcId: vpc.id,
      tags: { Name: `${props.name}-default-unused` },
    });
    this.internetGateway = new InternetGateway(this, 'internet-gateway', {
      vpcId: vpc.id,
      tags: { Name: props.name },
    });
    const publicRoutes = new RouteTable(this, 'public-routes', {
      vpcId: vpc.id,
      tags: { Name: `${props.name}-public` },
    });
    new Route(this, 'public-internet', {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: internet,
      gatewayId: this.internetGateway.id,
    });
    new Route(this, 'public-internet-v6', {
      routeTableId: publicRoutes.id,
      destinationIpv6CidrBlock: internetV6,
      gatewayId: this.internetGateway.id,
    });

    const zones = props.availabilityZones.map((zone, index) =>
      this.zone(props, vpc, publicRoutes, zone, index),
    );
    this.routeThroughNat(props, zones);

    this.vpcId = vpc.id;
    this.cidr = props.cidr;
    this.publicSubnetIds = zones.map(({ publicSubnet }) => publicSubnet.id);
    this.privateSubnetIds = zones.map(({ privateSubnet }) => privateSubnet.id);
    this.privateRouteTableIds = zones.map(({ privateRoutes }) => privateRoutes.id);
  }

  private zone(
    props: NetworkWithPrivateSubnetsProps,
    vpc: Vpc,
    publicRoutes: RouteTable,
    zone: string,
    index: number,
  ): Zone {
    const letter = zone.slice(-1);
    const subnet = (tier: 'public' | 'private', block: number) =>
      new Subnet(this, `${tier}-${letter}`, {
        vpcId: vpc.id,
        availabilityZone: zone,
        cidrBlock: Fn.cidrsubnet(props.cidr, 4, block),
        // AWS assigns a /56 to the network; a subnet is a /64 of it.
        ipv6CidrBlock: Fn.cidrsubnet(vpc.ipv6CidrBlock, 8, block),
        mapPublicIpOnLaunch: false,
        tags: { Name: `${props.name}-${tier}-${letter}`, Tier: tier },
      });
    const publicSubnet = subnet('public', index);
    const privateSubnet = subnet('private', index + 8);
    const privateRoutes = new RouteTable(this, `private-routes-${letter}`, {
      vpcId: vpc.id,
      tags: { Name: `${props.name}-private-${letter}` },
    });
    new RouteTableAssociation(this, `public-${letter}-association`, {
      routeTableId: publicRoutes.id,
      subnetId: publicSubnet.id,
    });
    new RouteTableAssociation(this, `private-${letter}-association`, {
      routeTableId: privateRoutes.id,
      subnetId: privateSubnet.id,
    });
    return { zone: letter, publicSubnet, privateSubnet, privateRoutes };
  }

  private routeThroughNat(props: NetworkWithPrivateSubnetsProps, zones: readonly Zone[]) {
    const gateways = zones
      .slice(0, props.natGateways === 'one' ? 1 : zones.length)
      .map(({ zone, publicSubnet }) => {
        const tags = { Name: `${props.name}-nat-${zone}` };
        const address = new Eip(this, `nat-${zone}-address`, { domain: 'vpc', tags });
        return new NatGateway(this, `nat-${zone}`, {
          allocationId: address.allocationId,
          subnetId: publicSubnet.id,
          tags,
          dependsOn: [this.internetGateway],
          timeouts: { create: props.resourceTimeout, delete: props.resourceTimeout },
        });
      });
    zones.forEach(({ zone, privateRoutes }, index) => {
      const gateway = gateways[index] ?? gateways[0];
      if (!gateway) return;
      new Route(this, `private-${zone}-internet`, {
        routeTableId: privateRoutes.id,
        destinationCidrBlock: internet,
        natGatewayId: gateway.id,
      });
    });
  }
}
