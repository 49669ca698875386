import { privateServices } from './private-services';
import type { Environment } from './schema';

/**
 * The smallest environment: cheap and disposable, with a load balancer that is internal. Each environment
 * names its differences from it.
 */
export const base: Omit<Environment, 'name' | 'account' | 'domain'> = {
  network: {
    cidr: '10.20.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one',
    interfaceEndpoints: { services: privateServices, zones: 1 },
    flowLogs: { aggregationSeconds: 600 },
  },
  loadBalancer: {
    internal: true,
    ipAddressType: 'dualstack',
    allowedCidrs: ['10.0.0.0/8'],
    redirectFromCidrs: ['10.0.0.0/8'],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 20,
    healthCheckIntervalSeconds: 10,
    accessLogDays: 14,
  },
  firewall: { requestsPerFiveMinutes: 2000 },
  cluster: {
    containerInsights: 'enabled',
    gpu: {
      instanceTypes: ['g4dn.xlarge', 'g5.xlarge'],
      maxHosts: 1,
      onDemandBase: 0,
      spotPercent: 100,
      reservedHosts: 0,
      rootVolumeGiB: 60,
    },
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
    accessLogDays: 14,
    backup: {
      rules: [
        { name: 'daily', schedule: 'cron(0 5 * * ? *)', continuous: true, deleteAfterDays: 7 },
        {
          name: 'weekly',
          schedule: 'cron(0 6 ? * SUN *)',
          continuous: false,
          coldAfterDays: 7,
          deleteAfterDays: 97,
        },
      ],
      minimumRetentionDays: 1,
    },
    contributorInsights: true,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 4 },
    auth: {
      email: { kind: 'cognito' },
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      passwordHistory: 5,
      threatProtection: 'AUDIT',
      accessTokenMinutes: 60,
      refreshTokenDays: 30,
    },
    cursorKey: { version: 1, previous: 'none' },
    cursorKeyRotation: 'none',
  },
  services: {
    logLevel: 'debug',
    logRetentionDays: 14,
    api: {
      cpu: 512,
      memoryMiB: 1024,
      desired: 2,
      capacity: [{ provider: 'FARGATE_SPOT', base: 0, weight: 1 }],
      spotCarriesMinimum: true,
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 2,
        maximum: 4,
        cpuPercent: 60,
        memoryPercent: 75,
        requestsPerTargetPerMinute: 6000,
        schedule: [
          {
            name: 'night',
            schedule: 'cron(0 20 * * ? *)',
            timeZone: 'America/New_York',
            minimum: 1,
            maximum: 2,
          },
          {
            name: 'day',
            schedule: 'cron(0 7 ? * MON-FRI *)',
            timeZone: 'America/New_York',
            minimum: 2,
            maximum: 4,
          },
        ],
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
  observability: {
    alerts: { emails: [] },
    alarms: {
      serverErrorPercent: 5,
      serverErrorsPerMinute: 50,
      p99Milliseconds: 2000,
      oldestJobMinutes: 30,
      errorLinesPerFiveMinutes: 10,
      saturationPercent: 85,
    },
    traces: { requestPercent: 20, analysisPercent: 100 },
  },
  resourceTimeout: '20m',
};
