import Type from 'typebox';
import { choice, closed, count, percent } from './schema-terms';

const capacity = <const Names extends readonly string[]>(...names: Names) =>
  Type.Array(closed({ provider: choice(...names), weight: count(0, 1000), base: count(0, 1000) }), {
    minItems: 1,
    maxItems: 6,
  });

const rollout = closed({
  minimumHealthyPercent: percent(100),
  maximumPercent: count(100, 200),
});

const service = {
  /** 1024 units are one vCPU. */
  cpu: count(256, 16_384),
  memoryMiB: count(512, 122_880),
  /** Number of tasks at creation; afterwards the autoscaler sets it. */
  desired: count(0, 100),
  rollout,
};

/** The two services: size, capacity, rollout and scaling. */
export const services = closed({
  logLevel: choice('debug', 'info', 'warn', 'error'),
  /** The retention periods that CloudWatch Logs supports. */
  logRetentionDays: choice(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096),
  api: closed({
    ...service,
    capacity: capacity('FARGATE', 'FARGATE_SPOT'),
    /** Whether Spot may provide tasks of the minimum; if not, On-Demand's base covers it. */
    spotCarriesMinimum: Type.Boolean(),
    startupSeconds: count(5, 300),
    scaling: closed({
      minimum: count(1, 1000),
      maximum: count(1, 1000),
      cpuPercent: percent(100),
      memoryPercent: percent(100),
      requestsPerTargetPerMinute: count(1, 1_000_000),
      /** Scheduled bounds; if there are any, they override minimum and maximum. */
      schedule: Type.Array(
        closed({
          name: Type.String({ pattern: '^[a-z]{1,20}$' }),
          schedule: Type.String({ pattern: '^cron\\([^()]+\\)$' }),
          timeZone: Type.String({ pattern: '^[A-Za-z]+(/[A-Za-z_]+)*$' }),
          minimum: count(0, 1000),
          maximum: count(0, 1000),
        }),
      ),
    }),
  }),
  mlWorker: closed({
    ...service,
    capacity: capacity('FARGATE', 'FARGATE_SPOT', 'GPU'),
    gpus: count(0, 8),
    executionProvider: choice('cpu', 'cuda'),
    /** S3 prefix of the model bundle in the data bucket. */
    modelPrefix: Type.String({ pattern: '^models/[a-z0-9.-]+$' }),
    startupSeconds: count(5, 300),
    scaling: closed({
      minimum: count(0, 1000),
      maximum: count(1, 1000),
      /** Target number of waiting messages per task: target latency divided by seconds per job. */
      backlogPerTask: count(1, 10_000),
    }),
  }),
});
