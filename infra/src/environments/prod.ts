import { production } from './accounts';
import { privateServices } from './private-services';
import type { Environment } from './schema';

/** Survives the loss of a zone, keeps what it stores, and cannot be destroyed by an apply. */
export const prod: Environment = {
  name: 'prod',
  account: production,
  network: {
    cidr: '10.60.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one-per-zone',
    interfaceEndpoints: { services: privateServices, zones: 3 },
  },
  loadBalancer: {
    internal: false,
    listener: {
      protocol: 'HTTPS',
      port: 443,
      allowedCidrs: ['0.0.0.0/0'],
      certificateArn: `arn:aws:acm:us-east-1:${production.id}:certificate/00000000-0000-4000-8000-000000000002`,
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    },
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 60,
    healthCheckIntervalSeconds: 10,
  },
  cluster: {
    containerInsights: 'enhanced',
    gpu: {
      instanceTypes: ['g5.xlarge', 'g6.xlarge', 'g4dn.xlarge'],
      maxHosts: 8,
      maxHostAgeDays: 14,
      rootVolumeGiB: 100,
    },
  },
  protection: {
    deletion: true,
    preventDestroy: true,
    emptyOnDestroy: false,
    secretRecoveryDays: 30,
    keyDeletionDays: 30,
  },
  data: {
    pointInTimeRecoveryDays: 35,
    noncurrentVersionDays: 90,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 14 },
    auth: {
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      accessTokenMinutes: 30,
      refreshTokenDays: 30,
    },
  },
  services: {
    logLevel: 'info',
    logRetentionDays: 365,
    api: {
      cpu: 1024,
      memoryMiB: 2048,
      desired: 3,
      capacity: [
        { provider: 'FARGATE', base: 3, weight: 1 },
        { provider: 'FARGATE_SPOT', base: 0, weight: 1 },
      ],
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 3,
        maximum: 24,
        cpuPercent: 55,
        memoryPercent: 70,
        requestsPerTargetPerMinute: 9000,
      },
    },
    mlWorker: {
      cpu: 3072,
      memoryMiB: 12_288,
      desired: 1,
      capacity: [{ provider: 'GPU', base: 0, weight: 1 }],
      gpus: 1,
      executionProvider: 'cuda',
      modelPrefix: 'models/pat-s',
      rollout: { minimumHealthyPercent: 0, maximumPercent: 100 },
      startupSeconds: 180,
      scaling: { minimum: 1, maximum: 8, backlogPerTask: 100 },
    },
  },
  resourceTimeout: '30m',
};
