import { nonproduction } from './accounts';
import { base } from './base';
import type { Environment } from './schema';
import { smallInference } from './small-inference';

/** Production on a smaller scale: the first environment with public TLS, Spot and several zones. */
export const staging: Environment = {
  ...base,
  name: 'staging',
  account: nonproduction,
  previous: { environment: 'dev', account: nonproduction.id },
  domain: {
    zone: { kind: 'own', name: 'staging.clarity.example' },
    api: 'api.staging.clarity.example',
    alternatives: [],
    healthCheck: { intervalSeconds: 30, failures: 3 },
  },
  network: {
    ...base.network,
    cidr: '10.40.0.0/16',
    interfaceEndpoints: { ...base.network.interfaceEndpoints, zones: 2 },
  },
  loadBalancer: {
    ...base.loadBalancer,
    internal: false,
    allowedCidrs: ['0.0.0.0/0', '::/0'],
    redirectFromCidrs: [],
    deregistrationDelaySeconds: 30,
    accessLogDays: 30,
  },
  firewall: { requestsPerFiveMinutes: 5000 },
  cluster: { ...base.cluster, gpu: { ...base.cluster.gpu, maxHosts: 2 } },
  protection: {
    ...base.protection,
    deletion: true,
    emptyOnDestroy: false,
    secretRecoveryDays: 7,
    keyDeletionDays: 14,
  },
  data: {
    ...base.data,
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
    queues: { ...base.data.queues, retentionDays: 14 },
    auth: { ...base.data.auth, threatProtection: 'ENFORCED' },
  },
  services: {
    ...base.services,
    logLevel: 'info',
    logRetentionDays: 30,
    api: {
      ...base.services.api,
      capacity: [
        { provider: 'FARGATE', base: 1, weight: 1 },
        { provider: 'FARGATE_SPOT', base: 0, weight: 3 },
      ],
      scaling: {
        ...base.services.api.scaling,
        maximum: 6,
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
      ...base.services.mlWorker,
      // Never all workers at once. ECS rounds up the half that it keeps: a single worker can be replaced only
      // if a second one may start first.
      rollout: { minimumHealthyPercent: 50, maximumPercent: 200 },
      scaling: { ...base.services.mlWorker.scaling, maximum: 2 },
    },
  },
  observability: {
    ...base.observability,
    alerts: { emails: ['staging-alerts@clarity.example'] },
    alarms: {
      ...base.observability.alarms,
      serverErrorPercent: 2,
      p99Milliseconds: 1000,
      oldestJobMinutes: 20,
    },
    traces: { ...base.observability.traces, requestPercent: 10 },
  },
  inference: smallInference,
};
