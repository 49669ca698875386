import { nonproduction } from './accounts';
import { privateServices } from './private-services';
import type { Environment } from './schema';
import { smallInference } from './small-inference';

/** Production on a smaller scale: the first environment with public TLS, Spot and several zones. */
export const staging: Environment = {
  name: 'staging',
  account: nonproduction,
  network: {
    cidr: '10.40.0.0/16',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    natGateways: 'one',
    interfaceEndpoints: { services: privateServices, zones: 2 },
    flowLogs: { aggregationSeconds: 600 },
  },
  domain: {
    zone: { kind: 'own', name: 'staging.clarity.example' },
    api: 'api.staging.clarity.example',
    alternatives: [],
    healthCheck: { intervalSeconds: 30, failures: 3 },
  },
  loadBalancer: {
    internal: false,
    ipAddressType: 'dualstack',
    allowedCidrs: ['0.0.0.0/0', '::/0'],
    redirectFromCidrs: [],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 30,
    healthCheckIntervalSeconds: 10,
    accessLogDays: 30,
  },
  firewall: { requestsPerFiveMinutes: 5000 },
  cluster: {
    containerInsights: 'enabled',
    gpu: {
      instanceTypes: ['g4dn.xlarge', 'g5.xlarge'],
      maxHosts: 2,
      onDemandBase: 0,
      spotPercent: 100,
      reservedHosts: 0,
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
    accessLogDays: 30,
    backup: {
      rules: [
        { name: 'daily', schedule: 'cron(0 5 * * ? *)', continuous: true, deleteAfterDays: 14 },
        {
          name: 'weekly',
          schedule: 'cron(0 6 ? * SUN *)',
          continuous: false,
          coldAfterDays: 14,
          deleteAfterDays: 104,
        },
      ],
      minimumRetentionDays: 7,
    },
    contributorInsights: true,
    queues: { visibilitySeconds: 120, maxReceives: 5, retentionDays: 14 },
    auth: {
      email: { kind: 'cognito' },
      mfa: 'OPTIONAL',
      passwordMinimumLength: 12,
      passwordHistory: 5,
      threatProtection: 'ENFORCED',
      accessTokenMinutes: 60,
      refreshTokenDays: 30,
    },
    cursorKey: { version: 1, previous: 'none' },
    cursorKeyRotation: 'none',
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
      spotCarriesMinimum: true,
      rollout: { minimumHealthyPercent: 100, maximumPercent: 200 },
      startupSeconds: 30,
      scaling: {
        minimum: 2,
        maximum: 6,
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
            schedule: 'cron(0 7 * * ? *)',
            timeZone: 'America/New_York',
            minimum: 2,
            maximum: 6,
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
      // Never all workers at once. ECS rounds up the half that it keeps: a single worker can be replaced only
      // if a second one may start first.
      rollout: { minimumHealthyPercent: 50, maximumPercent: 200 },
      startupSeconds: 180,
      scaling: { minimum: 0, maximum: 2, backlogPerTask: 200 },
    },
  },
  inference: smallInference,
  observability: {
    alerts: { emails: ['staging-alerts@clarity.example'] },
    alarms: {
      serverErrorPercent: 2,
      serverErrorsPerMinute: 50,
      p99Milliseconds: 1000,
      oldestJobMinutes: 20,
      errorLinesPerFiveMinutes: 10,
      saturationPercent: 85,
    },
    traces: { requestPercent: 10, analysisPercent: 100 },
  },
  resourceTimeout: '20m',
};
