import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { ApiLoadBalancer } from '../constructs/api-load-balancer';
import { ContainerCluster } from '../constructs/container-cluster';
import { EncryptionKey, instanceDisks, logsService } from '../constructs/encryption-key';
import { GpuCapacity } from '../constructs/gpu-capacity';
import { appPort } from '../constructs/hardened-task';
import { NetworkWithPrivateSubnets } from '../constructs/network-with-private-subnets';
import { PrivateEndpoints } from '../constructs/private-endpoints';
import {
  allowBetween,
  allowFromNetwork,
  allowHttpsOut,
  allowToGateway,
  closedGroup,
} from '../constructs/traffic';
import type { Environment } from '../environments/schema';
import { ClarityStack } from './clarity-stack';

/** What the services stand on: network, load balancer, cluster with its capacity, the platform's key. */
export class FoundationStack extends ClarityStack {
  readonly network: NetworkWithPrivateSubnets;
  readonly balancer: ApiLoadBalancer;
  readonly cluster: ContainerCluster;
  readonly gpu: GpuCapacity;
  readonly key: EncryptionKey;
  readonly apiGroupId: string;
  readonly workerGroupId: string;

  constructor(scope: Construct, environment: Environment) {
    const { account, network, protection, resourceTimeout } = environment;
    const name = `clarity-${environment.name}`;
    super(scope, `${name}-foundation`, {
      account,
      environment: environment.name,
      part: 'foundation',
    });
    this.key = new EncryptionKey(this, 'key', {
      alias: `${name}-platform`,
      description: `Logs and host disks of ${name}`,
      account,
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      users: [logsService(account), instanceDisks(account)],
    });
    this.network = new NetworkWithPrivateSubnets(this, 'network', {
      name,
      resourceTimeout,
      ...network,
    });
    const groups = this.traffic(name, environment);
    this.apiGroupId = groups.api.id;
    this.workerGroupId = groups.worker.id;

    const { loadBalancer } = environment;
    this.balancer = new ApiLoadBalancer(this, 'balancer', {
      ...loadBalancer,
      name,
      vpcId: this.network.vpcId,
      subnetIds: loadBalancer.internal
        ? this.network.privateSubnetIds
        : this.network.publicSubnetIds,
      securityGroupId: groups.balancer.id,
      targetPort: appPort,
      deletionProtection: protection.deletion,
      resourceTimeout,
      after: [this.network.internetGateway],
    });

    this.cluster = new ContainerCluster(this, 'cluster', {
      name,
      containerInsights: environment.cluster.containerInsights,
    });
    this.gpu = new GpuCapacity(this, 'gpu', {
      ...environment.cluster.gpu,
      name: `${name}-gpu`,
      clusterName: name,
      keyArn: this.key.arn,
      subnetIds: this.network.privateSubnetIds,
      securityGroupId: groups.gpuHosts.id,
      resourceTimeout,
    });
    this.cluster.offer([this.gpu.providerName]);

    new TerraformOutput(this, 'load_balancer_arn', { value: this.balancer.arn });
    new TerraformOutput(this, 'load_balancer_dns_name', { value: this.balancer.dnsName });
  }

  /** Who may talk to whom. Nothing else can. */
  private traffic(name: string, { account, network, loadBalancer, resourceTimeout }: Environment) {
    const { vpcId } = this.network;
    const group = (id: string, description: string) =>
      closedGroup(this, `${id}-group`, { name: `${name}-${id}`, description, vpcId });
    const balancer = group('balancer', 'Load balancer of the API');
    const api = group('api', 'Tasks of the API');
    const worker = group('ml-worker', 'Tasks of the ML worker');
    const gpuHosts = group('gpu-hosts', 'GPU hosts of the cluster');
    const endpoints = new PrivateEndpoints(this, 'endpoints', {
      name,
      region: account.region,
      vpcId,
      routeTableIds: this.network.privateRouteTableIds,
      subnetIds: this.network.privateSubnetIds.slice(0, network.interfaceEndpoints.zones),
      services: network.interfaceEndpoints.services,
      resourceTimeout,
    });
    const toEndpoints = { as: 'endpoints', group: endpoints.securityGroup };

    const { allowedCidrs, port } = loadBalancer.listener;
    allowFromNetwork(this, { as: 'balancer', group: balancer }, allowedCidrs, port);
    allowBetween(this, { as: 'balancer', group: balancer }, { as: 'api', group: api }, appPort);
    // Cognito has no endpoint here, and hosts talk to ECS itself: both by way of NAT.
    allowHttpsOut(this, { as: 'api', group: api });
    allowHttpsOut(this, { as: 'gpu-hosts', group: gpuHosts });
    const insiders = [
      { as: 'api', group: api },
      { as: 'ml-worker', group: worker },
      { as: 'gpu-hosts', group: gpuHosts },
    ];
    for (const insider of insiders) {
      allowBetween(this, insider, toEndpoints, 443);
      for (const gateway of endpoints.gateways) allowToGateway(this, insider, gateway);
    }
    return { balancer, api, worker, gpuHosts };
  }
}
