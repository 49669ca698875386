import { nonproduction } from './accounts';
import { privateServices } from './private-services';
import type { Environment } from './schema';

/** Cheap, disposable, one of everything; no domain, so its load balancer stays inside the network. */
export const dev: Environment = {
  name: 'dev',
  account: nonproduction,
  network: {
    cidr: '10.20.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one',
    interfaceEndpoints: { services: privateServices, zones: 1 },
  },
  loadBalancer: {
    internal: true,
    listener: { protocol: 'HTTP', port: 80, allowedCidrs: ['10.0.0.0/8'] },
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 20,
    healthCheckIntervalSeconds: 10,
  },
  cluster: {
    containerInsights: 'enabled',
    gpu: { instanceTypes: ['g4dn.xlarge', 'g5.xlarge'], maxHosts: 1, rootVolumeGiB: 60 },
  },
  protection: {
    deletion: false,
    preventDestroy: false,
    emptyOnDestroy: true,
    secretRecoveryDays: 0,
    keyDeletionDays: 7,
  },
  data: {
    pointInTimeRecoveryDays: 7,
    noncurrentVersionDays: 7,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 4 },
    auth: {
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      accessTokenMinutes: 60,
      refreshTokenDays: 30,
    },
  },
  services: {
    logLevel: 'debug',
    logRetentionDays: 14,
    api: {
      cpu: 512,
      memoryMiB: 1024,
      desired: 2,
      capacity: [{ provider: 'FARGATE_SPOT', base: 0, weight: 1 }],
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 2,
        maximum: 4,
        cpuPercent: 60,
        memoryPercent: 75,
        requestsPerTargetPerMinute: 6000,
      },
    },
    mlWorker: {
      cpu: 3072,
      memoryMiB: 12_288,
      desired: 0,
      capacity: [{ provider: 'GPU', base: 0, weight: 1 }],
      gpus: 1,
      executionProvider: 'cuda',
      modelPrefix: 'models/pat-s',
      rollout: { minimumHealthyPercent: 0, maximumPercent: 100 },
      startupSeconds: 180,
      scaling: { minimum: 0, maximum: 1, backlogPerTask: 200 },
    },
  },
  resourceTimeout: '20m',
};
