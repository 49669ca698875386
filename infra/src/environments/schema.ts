import Type, { type Static } from 'typebox';
import { account } from './account-schema';
import { choice, closed, count, days } from './schema-terms';
import { services } from './services-schema';

const cidr = Type.String({ pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$' });

const network = closed({
  cidr,
  availabilityZones: Type.Array(Type.String({ pattern: '^[a-z0-9-]+[a-f]$' }), {
    minItems: 3,
    maxItems: 3,
    uniqueItems: true,
  }),
  /** `one` saves two thirds of the NAT price and loses the way out when its zone fails. */
  natGateways: choice('one', 'one-per-zone'),
  interfaceEndpoints: closed({
    /** Short service names: `sqs` stands for com.amazonaws.<region>.sqs. */
    services: Type.Array(Type.String({ pattern: '^[a-z0-9.-]+$' }), { uniqueItems: true }),
    /** In how many zones each endpoint has an address; each zone is billed by the hour. */
    zones: count(1, 3),
  }),
});

const loadBalancer = closed({
  internal: Type.Boolean(),
  listener: Type.Union([
    /** Without a domain: plain HTTP, and therefore only from named networks. */
    closed({
      protocol: Type.Literal('HTTP'),
      port: count(1, 65535),
      allowedCidrs: Type.Array(cidr, { minItems: 1 }),
    }),
    closed({
      protocol: Type.Literal('HTTPS'),
      port: Type.Literal(443),
      allowedCidrs: Type.Array(cidr, { minItems: 1 }),
      certificateArn: Type.String({ pattern: '^arn:aws:acm:' }),
      sslPolicy: Type.String({ pattern: '^ELBSecurityPolicy-TLS13-' }),
    }),
  ]),
  idleTimeoutSeconds: count(1, 4000),
  /** How long a target that leaves may finish its requests. */
  deregistrationDelaySeconds: count(0, 3600),
  healthCheckIntervalSeconds: count(5, 300),
});

const cluster = closed({
  containerInsights: choice('enhanced', 'enabled', 'disabled'),
  gpu: closed({
    /** In order of preference; all of them x86 with one NVIDIA GPU. */
    instanceTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+$' }), { minItems: 1 }),
    maxHosts: count(1, 100),
    /** Absent where hosts never live long because idle capacity goes back to zero. */
    maxHostAgeDays: Type.Optional(count(1, 365)),
    rootVolumeGiB: count(30, 1000),
  }),
});

const protection = closed({
  /** AWS's own deletion protection: load balancer, table, user pool. */
  deletion: Type.Boolean(),
  /** Terraform's prevent_destroy on what holds data, and on its key. */
  preventDestroy: Type.Boolean(),
  /** Lets a teardown delete buckets with what is in them. */
  emptyOnDestroy: Type.Boolean(),
  /** 0 deletes a secret at once. */
  secretRecoveryDays: Type.Union([Type.Literal(0), count(7, 30)]),
  keyDeletionDays: count(7, 30),
});

const data = closed({
  pointInTimeRecoveryDays: count(1, 35),
  noncurrentVersionDays: days,
  queues: closed({
    visibilitySeconds: count(30, 43_200),
    maxReceives: count(1, 1000),
    retentionDays: count(1, 14),
  }),
  auth: closed({
    mfa: choice('OFF', 'OPTIONAL', 'ON'),
    passwordMinimumLength: count(12, 99),
    accessTokenMinutes: count(5, 1440),
    refreshTokenDays: count(1, 3650),
  }),
});

/**
 * Everything that may differ between environments. Stacks read it and never ask which environment
 * they are in.
 */
export const environmentSchema = closed({
  name: Type.String({ pattern: '^[a-z][a-z0-9]{1,11}$' }),
  account,
  network,
  loadBalancer,
  cluster,
  protection,
  data,
  services,
  /** The longest that Terraform waits for one slow resource, e.g. "20m". */
  resourceTimeout: Type.String({ pattern: '^\\d+m$' }),
});

export type Environment = Static<typeof environmentSchema>;
export type Account = Environment['account'];
