import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { ApiDomain } from '../constructs/edge/api-domain';
import { ApiFirewall } from '../constructs/edge/api-firewall';
import { ApiLoadBalancer } from '../constructs/edge/api-load-balancer';
import { ContainerCluster } from '../constructs/compute/container-cluster';
import {
  EncryptionKey,
  fargateDisks,
  instanceDisks,
  logsService,
} from '../constructs/data/encryption-key';
import { FlowLogs } from '../constructs/network/flow-logs';
import { GpuCapacity } from '../constructs/compute/gpu-capacity';
import { appPort } from '../constructs/compute/hardened-task';
import { balancerLogs, LogBucket } from '../constructs/data/log-bucket';
import { NetworkWithPrivateSubnets } from '../constructs/network/network-with-private-subnets';
import { PrivateEndpoints } from '../constructs/network/private-endpoints';
import { boundRoles } from '../constructs/identity/role-boundary';
import {
  allowBetween,
  allowFromNetwork,
  allowHttpsOut,
  allowHttpsTo,
  allowToGateway,
  addSecurityGroup,
} from '../constructs/network/security-groups';
import type { Environment } from '../environments/schema';
import { ClarityStack } from './clarity-stack';

/** The one request that the API takes with a body of more than a few KiB; up to 8 MiB. */
const uploadOfSamples = { method: 'POST', path: '/v1/samples:batch' };

/** What the services stand on: network, the way in, cluster with its capacity, the platform's key. */
export class FoundationStack extends ClarityStack {
  readonly network: NetworkWithPrivateSubnets;
  readonly domain: ApiDomain;
  readonly balancer: ApiLoadBalancer;
  readonly cluster: ContainerCluster;
  readonly gpu: GpuCapacity;
  readonly key: EncryptionKey;
  readonly apiGroupId: string;
  readonly workerGroupId: string;
  readonly gpuHostsGroupId: string;
  /** Absent where the internet cannot reach the API, and so Route 53's checkers neither. */
  readonly healthCheckId: string | undefined;
  private readonly prefix: string;

  constructor(scope: Construct, environment: Environment) {
    const { account, cluster, network, protection, resourceTimeout } = environment;
    const name = `clarity-${environment.name}`;
    super(scope, `${name}-foundation`, {
      account,
      environment: environment.name,
      part: 'foundation',
    });
    this.prefix = name;
    boundRoles(this, account);
    this.key = new EncryptionKey(this, 'key', {
      alias: `${name}-platform`,
      description: `Logs and host disks of ${name}`,
      account,
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      users: [logsService(account), instanceDisks(account), ...fargateDisks(account, name)],
    });
    this.network = new NetworkWithPrivateSubnets(this, 'network', {
      name,
      resourceTimeout,
      ...network,
    });
    new FlowLogs(this, 'flow-logs', {
      ...network.flowLogs,
      name,
      account,
      vpcId: this.network.vpcId,
      logGroup: `/clarity/${environment.name}/network`,
      retentionDays: environment.services.logRetentionDays,
      keyArn: this.key.arn,
    });
    const groups = this.traffic(environment);
    this.apiGroupId = groups.api.id;
    this.workerGroupId = groups.worker.id;
    this.gpuHostsGroupId = groups.gpuHosts.id;

    this.domain = new ApiDomain(this, 'domain', { ...environment.domain, name, resourceTimeout });
    this.balancer = this.loadBalancer(environment, groups.balancer.id);
    this.domain.addAliases(this.balancer, environment.loadBalancer.ipAddressType);
    const { healthCheck } = environment.domain;
    this.healthCheckId = healthCheck && this.domain.addHealthCheck({ ...healthCheck, name }).id;
    new ApiFirewall(this, 'firewall', {
      ...environment.firewall,
      name,
      account,
      loadBalancerArn: this.balancer.arn,
      longBodies: uploadOfSamples,
      logRetentionDays: environment.services.logRetentionDays,
      keyArn: this.key.arn,
    });

    this.cluster = new ContainerCluster(this, 'cluster', {
      name,
      containerInsights: cluster.containerInsights,
      logRetentionDays: environment.services.logRetentionDays,
      keyArn: this.key.arn,
    });
    this.gpu = new GpuCapacity(this, 'gpu', {
      ...cluster.gpu,
      name: `${name}-gpu`,
      clusterName: name,
      keyArn: this.key.arn,
      subnetIds: this.network.privateSubnetIds,
      reservedZone: network.availabilityZones[0] ?? '',
      securityGroupId: groups.gpuHosts.id,
      tags: this.tags,
      resourceTimeout,
    });
    this.cluster.addCapacityProviders([this.gpu.providerName]);
    this.outputs(environment);
  }

  private loadBalancer(environment: Environment, securityGroupId: string): ApiLoadBalancer {
    const { account, loadBalancer, protection, resourceTimeout } = environment;
    const prefixes = { access: 'requests', connection: 'connections' };
    const logs = new LogBucket(this, 'balancer-access-logs', {
      name: `${this.prefix}-balancer-logs-${account.id}`,
      writer: balancerLogs(account, Object.values(prefixes)),
      keepDays: loadBalancer.accessLogDays,
      emptyOnDestroy: protection.emptyOnDestroy,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    const { network } = this;
    return new ApiLoadBalancer(this, 'balancer', {
      ...loadBalancer,
      name: this.prefix,
      vpcId: network.vpcId,
      subnetIds: loadBalancer.internal ? network.privateSubnetIds : network.publicSubnetIds,
      securityGroupId,
      certificateArn: this.domain.certificateArn,
      targetPort: appPort,
      logs: { bucket: logs.name, ...prefixes },
      deletionProtection: protection.deletion,
      resourceTimeout,
      after: [network.internetGateway, logs.policy],
    });
  }

  /** Who may talk to whom. Nothing else can. */
  private traffic({ account, network, loadBalancer, resourceTimeout }: Environment) {
    const name = this.prefix;
    const { vpcId } = this.network;
    const end = (as: string, description: string) => ({
      as,
      group: addSecurityGroup(this, `${as}-group`, { name: `${name}-${as}`, description, vpcId }),
    });
    const balancer = end('balancer', 'Load balancer of the API');
    const api = end('api', 'Tasks of the API');
    const worker = end('ml-worker', 'Tasks of the ML worker');
    const gpuHosts = end('gpu-hosts', 'GPU hosts of the cluster');
    const endpoints = new PrivateEndpoints(this, 'endpoints', {
      name,
      region: account.region,
      vpcId,
      routeTableIds: this.network.privateRouteTableIds,
      subnetIds: this.network.privateSubnetIds.slice(0, network.interfaceEndpoints.zones),
      services: network.interfaceEndpoints.services,
      resourceTimeout,
    });

    allowFromNetwork(this, balancer, loadBalancer.allowedCidrs, 443);
    allowFromNetwork(this, balancer, loadBalancer.redirectFromCidrs, 80);
    allowBetween(this, balancer, api, appPort);
    // Cognito has no endpoint here, and hosts talk to ECS itself: both by way of NAT.
    allowHttpsOut(this, api);
    allowHttpsOut(this, gpuHosts);
    // GuardDuty adds an endpoint of its own to the network, and an agent to each task that talks to it.
    allowHttpsTo(this, worker, { as: 'network', cidr: network.cidr });
    for (const insider of [api, worker, gpuHosts]) {
      allowBetween(this, insider, { as: 'endpoints', group: endpoints.securityGroup }, 443);
      for (const gateway of endpoints.gateways) allowToGateway(this, insider, gateway);
    }
    return {
      balancer: balancer.group,
      api: api.group,
      worker: worker.group,
      gpuHosts: gpuHosts.group,
    };
  }

  private outputs({ domain }: Environment) {
    new TerraformOutput(this, 'api_url', { value: `https://${domain.api}` });
    if (this.domain.nameServers)
      new TerraformOutput(this, 'name_servers', {
        description: `Whoever runs the zone above ${domain.zone.name} delegates it to these`,
        value: this.domain.nameServers,
      });
  }
}
