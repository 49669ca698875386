import { nonproduction } from './accounts';
import { privateServices } from './private-services';
import type { Environment } from './schema';

/** What production is, smaller: the place where a release meets TLS, Spot and several zones first. */
export const staging: Environment = {
  name: 'staging',
  account: nonproduction,
  network: {
    cidr: '10.40.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one',
    interfaceEndpoints: { services: privateServices, zones: 2 },
  },
  loadBalancer: {
    internal: false,
    listener: {
      protocol: 'HTTPS',
      port: 443,
      allowedCidrs: ['0.0.0.0/0'],
      certificateArn: `arn:aws:acm:us-east-1:${nonproduction.id}:certificate/00000000-0000-4000-8000-000000000001`,
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    },
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 30,
    healthCheckIntervalSeconds: 10,
  },
  cluster: {
    containerInsights: 'enabled',
    gpu: {
      instanceTypes: ['g4dn.xlarge', 'g5.xlarge'],
      maxHosts: 2,
      maxHostAgeDays: 14,
      rootVolumeGiB: 60,
    },
  },
  protection: {
    deletion: true,
    preventDestroy: false,
    emptyOnDestroy: false,
    secretRecoveryDays: 7,
    keyDeletionDays: 14,
  },
  data: {
    pointInTimeRecoveryDays: 14,
    noncurrentVersionDays: 30,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 14 },
    auth: {
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      accessTokenMinutes: 60,
      refreshTokenDays: 30,
    },
  },
  services: {
    logLevel: 'info',
    logRetentionDays: 30,
    api: {
      cpu: 512,
      memoryMiB: 1024,
      desired: 2,
      capacity: [
        { provider: 'FARGATE', base: 1, weight: 1 },
        { provider: 'FARGATE_SPOT', base: 0, weight: 3 },
      ],
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 2,
        maximum: 6,
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
      scaling: { minimum: 0, maximum: 2, backlogPerTask: 200 },
    },
  },
  resourceTimeout: '20m',
};
