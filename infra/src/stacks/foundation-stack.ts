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
import { HostRefresh } from '../constructs/compute/host-refresh';
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

/** The only API request with a body of more than a few KiB; up to 8 MiB. */
const uploadOfSamples = { method: 'POST', path: '/v1/samples:batch' };

/** What the services run on: network, load balancer, cluster with its capacity, the platform's key. */
export class FoundationStack extends ClarityStack {
  readonly phase = 'before-rollout';
  readonly network: NetworkWithPrivateSubnets;
  readonly domain: ApiDomain;
  readonly balancer: ApiLoadBalancer;
  readonly cluster: ContainerCluster;
  readonly gpu: GpuCapacity;
  readonly key: EncryptionKey;
  readonly apiGroupId: string;
  readonly workerGroupId: string;
  readonly gpuHostsGroupId: string;
  /** Absent if the internet, and therefore Route 53, cannot reach the API. */
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
    const groups = this.addSecurityGroups(environment);
    this.apiGroupId = groups.api.id;
    this.workerGroupId = groups.worker.id;
    this.gpuHostsGroupId = groups.gpuHosts.id;

    this.domain = new ApiDomain(this, 'domain', {
      ...environment.domain,
      name,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    this.balancer = this.addLoadBalancer(environment, groups.balancer.id);
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
    const { refreshSchedule } = cluster.gpu;
    if (refreshSchedule)
      new HostRefresh(this, 'gpu-refresh', {
        name: `${name}-gpu`,
        account,
        schedule: refreshSchedule,
      });
    this.cluster.addCapacityProviders([this.gpu.providerName]);
    this.addOutputs(environment);
  }

  private addLoadBalancer(environment: Environment, securityGroupId: string): ApiLoadBalancer {
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

  /** All allowed connections; nothing else is reachable. */
  private addSecurityGroups({ account, network, loadBalancer, resourceTimeout }: Environment) {
    const { prefix } = this;
    const { vpcId } = this.network;
    const end = (name: string, description: string) => ({
      name,
      group: addSecurityGroup(this, `${name}-group`, {
        name: `${prefix}-${name}`,
        description,
        vpcId,
      }),
    });
    const balancer = end('balancer', 'Load balancer of the API');
    const api = end('api', 'Tasks of the API');
    const worker = end('ml-worker', 'Tasks of the ML worker');
    const gpuHosts = end('gpu-hosts', 'GPU hosts of the cluster');
    const endpoints = new PrivateEndpoints(this, 'endpoints', {
      name: prefix,
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
    // Without endpoints for them: the API reaches Cognito, and hosts reach ECS, through NAT.
    allowHttpsOut(this, api);
    allowHttpsOut(this, gpuHosts);
    // GuardDuty adds its own endpoint to the network, and to each task an agent that connects to it.
    allowHttpsTo(this, worker, { name: 'network', cidr: network.cidr });
    for (const client of [api, worker, gpuHosts]) {
      allowBetween(this, client, { name: 'endpoints', group: endpoints.securityGroup }, 443);
      for (const gateway of endpoints.gateways) allowToGateway(this, client, gateway);
    }
    return {
      balancer: balancer.group,
      api: api.group,
      worker: worker.group,
      gpuHosts: gpuHosts.group,
    };
  }

  private addOutputs({ domain }: Environment) {
    new TerraformOutput(this, 'api_url', { value: `https://${domain.api}` });
    if (this.domain.nameServers)
      new TerraformOutput(this, 'name_servers', {
        description: `Name servers to which the parent zone has to delegate ${domain.zone.name}`,
        value: this.domain.nameServers,
      });
  }
}
