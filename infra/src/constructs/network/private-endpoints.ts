import { Construct } from 'constructs';
import { type SecurityGroup, VpcEndpoint } from '../../aws';
import { addSecurityGroup } from './security-groups';

export interface PrivateEndpointsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly routeTableIds: string[];
  /** One subnet per zone in which the interface endpoints have an address. */
  readonly subnetIds: string[];
  /** Short names of services with an interface endpoint, e.g. `ecr.api`. */
  readonly services: readonly string[];
  readonly resourceTimeout: string;
}

const gatewayServices = ['s3', 'dynamodb'] as const;

/** Routes to AWS services inside the network: gateways for S3 and DynamoDB, interfaces for others. */
export class PrivateEndpoints extends Construct {
  readonly securityGroup: SecurityGroup;
  readonly gateways: { readonly name: string; readonly prefixListId: string }[];

  constructor(scope: Construct, id: string, props: PrivateEndpointsProps) {
    super(scope, id);
    this.securityGroup = addSecurityGroup(this, 'group', {
      name: `${props.name}-endpoints`,
      description: 'Interface endpoints of AWS services',
      vpcId: props.vpcId,
    });
    const timeouts = {
      create: props.resourceTimeout,
      update: props.resourceTimeout,
      delete: props.resourceTimeout,
    };
    this.gateways = gatewayServices.map((service) => {
      const endpoint = new VpcEndpoint(this, service, {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${props.region}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: props.routeTableIds,
        tags: { Name: `${props.name}-${service}` },
        timeouts,
      });
      return { name: service, prefixListId: endpoint.prefixListId };
    });
    for (const service of props.services)
      new VpcEndpoint(this, service.replaceAll('.', '-'), {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${props.region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: props.subnetIds,
        securityGroupIds: [this.securityGroup.id],
        tags: { Name: `${props.name}-${service}` },
        timeouts,
      });
  }
}
