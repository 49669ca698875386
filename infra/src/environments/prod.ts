import { nonproduction, production } from './accounts';
import { base } from './base';
import type { Environment } from './schema';

/** Survives the loss of a zone, retains its data, and cannot be destroyed by an apply. */
export const prod: Environment = {
  ...base,
  name: 'prod',
  account: production,
  previous: { environment: 'staging', account: nonproduction.id },
  domain: {
    zone: { kind: 'own', name: 'prod.clarity.example' },
    api: 'api.prod.clarity.example',
    alternatives: [],
    healthCheck: { intervalSeconds: 10, failures: 3 },
  },
  network: {
    ...base.network,
    cidr: '10.60.0.0/16',
    natGateways: 'one-per-zone',
    interfaceEndpoints: { ...base.network.interfaceEndpoints, zones: 3 },
    flowLogs: { aggregationSeconds: 60 },
  },
  loadBalancer: {
    ...base.loadBalancer,
    internal: false,
    allowedCidrs: ['0.0.0.0/0', '::/0'],
    redirectFromCidrs: [],
    deregistrationDelaySeconds: 60,
    accessLogDays: 365,
  },
  firewall: { requestsPerFiveMinutes: 10_000 },
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
    ...base.data,
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
    queues: { ...base.data.queues, retentionDays: 14 },
    auth: {
      ...base.data.auth,
      email: {
        kind: 'ses',
        identityArn: 'arn:aws:ses:us-east-1:222222222222:identity/clarity.example',
        from: 'no-reply@clarity.example',
      },
      passwordHistory: 24,
      threatProtection: 'ENFORCED',
      accessTokenMinutes: 30,
    },
  },
  services: {
    ...base.services,
    logLevel: 'info',
    logRetentionDays: 365,
    api: {
      ...base.services.api,
      cpu: 1024,
      memoryMiB: 2048,
      desired: 3,
      capacity: [
        { provider: 'FARGATE', base: 3, weight: 1 },
        { provider: 'FARGATE_SPOT', base: 0, weight: 1 },
      ],
      spotCarriesMinimum: false,
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
      ...base.services.mlWorker,
      desired: 1,
      // Never all workers at once. ECS rounds up the half that it keeps: a single worker can be replaced only
      // if a second one may start first.
      rollout: { minimumHealthyPercent: 50, maximumPercent: 200 },
      scaling: { minimum: 1, maximum: 8, backlogPerTask: 100 },
    },
  },
  observability: {
    ...base.observability,
    alerts: { emails: ['oncall@clarity.example'] },
    alarms: {
      ...base.observability.alarms,
      serverErrorPercent: 1,
      serverErrorsPerMinute: 100,
      p99Milliseconds: 800,
      oldestJobMinutes: 15,
      errorLinesPerFiveMinutes: 20,
    },
    traces: { requestPercent: 2, analysisPercent: 20 },
  },
  resourceTimeout: '30m',
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
};
