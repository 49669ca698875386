import { production } from './accounts';
import { privateServices } from './private-services';
import type { Environment } from './schema';

/** Survives the loss of a zone, retains its data, and cannot be destroyed by an apply. */
export const prod: Environment = {
  name: 'prod',
  account: production,
  network: {
    cidr: '10.60.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one-per-zone',
    interfaceEndpoints: { services: privateServices, zones: 3 },
    flowLogs: { aggregationSeconds: 60 },
  },
  domain: {
    zone: { kind: 'own', name: 'prod.clarity.example' },
    api: 'api.prod.clarity.example',
    alternatives: [],
    healthCheck: { intervalSeconds: 10, failures: 3 },
  },
  loadBalancer: {
    internal: false,
    ipAddressType: 'dualstack',
    allowedCidrs: ['0.0.0.0/0', '::/0'],
    redirectFromCidrs: [],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 60,
    healthCheckIntervalSeconds: 10,
    accessLogDays: 365,
  },
  firewall: { requestsPerFiveMinutes: 10000 },
  cluster: {
    containerInsights: 'enhanced',
    gpu: {
      instanceTypes: ['g5.xlarge', 'g6.xlarge', 'g4dn.xlarge'],
      maxHosts: 8,
      onDemandBase: 1,
      spotPercent: 50,
      reservedHosts: 1,
      refreshSchedule: 'cron(0 8 ? * SUN *)',
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
    accessLogDays: 365,
    backup: {
      rules: [
        { name: 'daily', schedule: 'cron(0 5 * * ? *)', continuous: true, deleteAfterDays: 35 },
        {
          name: 'weekly',
          schedule: 'cron(0 6 ? * SUN *)',
          continuous: false,
          coldAfterDays: 30,
          deleteAfterDays: 400,
        },
      ],
      minimumRetentionDays: 14,
    },
    contributorInsights: true,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 14 },
    auth: {
      email: {
        kind: 'ses',
        identityArn: 'arn:aws:ses:us-east-1:222222222222:identity/clarity.example',
        from: 'no-reply@clarity.example',
      },
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      passwordHistory: 24,
      threatProtection: 'ENFORCED',
      accessTokenMinutes: 30,
      refreshTokenDays: 30,
    },
    cursorKey: { version: 1, previous: 'none' },
    cursorKeyRotation: 'none',
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
      spotCarriesMinimum: false,
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 3,
        maximum: 24,
        cpuPercent: 55,
        memoryPercent: 70,
        requestsPerTargetPerMinute: 9000,
        schedule: [
          // Watches upload when people wake up: scale out before the autoscaler would.
          {
            name: 'morning',
            schedule: 'cron(0 5 * * ? *)',
            timeZone: 'America/New_York',
            minimum: 6,
            maximum: 24,
          },
          {
            name: 'night',
            schedule: 'cron(0 23 * * ? *)',
            timeZone: 'America/New_York',
            minimum: 3,
            maximum: 24,
          },
        ],
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
      // Never all workers at once. ECS rounds up the half that it keeps: a single worker can be replaced only
      // if a second one may start first.
      rollout: { minimumHealthyPercent: 50, maximumPercent: 200 },
      startupSeconds: 180,
      scaling: { minimum: 1, maximum: 8, backlogPerTask: 100 },
    },
  },
  inference: {
    endpoint: {
      instanceType: 'ml.g5.xlarge',
      maxInstances: 4,
      concurrentInvocations: 8,
      backlogPerInstance: 4,
    },
    batch: {
      instanceTypes: ['g5.xlarge', 'g6.xlarge', 'g4dn.xlarge'],
      maxVcpus: 64,
      jobVcpus: 3,
      jobMemoryMiB: 12_288,
      attempts: 5,
      timeoutMinutes: 60,
    },
  },
  observability: {
    alerts: { emails: ['oncall@clarity.example'] },
    alarms: {
      serverErrorPercent: 1,
      serverErrorsPerMinute: 100,
      p99Milliseconds: 800,
      oldestJobMinutes: 15,
      errorLinesPerFiveMinutes: 20,
      saturationPercent: 85,
    },
    traces: { requestPercent: 2, analysisPercent: 20 },
  },
  resourceTimeout: '30m',
};
