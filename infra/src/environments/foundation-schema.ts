import Type from 'typebox';
import { choice, closed, count, days, ownOrExisting, percent } from './schema-terms';

const ipv4 = '(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}';
const ipv6 = '[0-9a-f:]*:[0-9a-f:]*/\\d{1,3}';
const cidr = Type.String({ pattern: `^${ipv4}$` });
const anyCidr = Type.String({ pattern: `^(${ipv4}|${ipv6})$` });
const hostname = Type.String({ pattern: '^([a-z0-9-]{1,63}\\.)+[a-z]{2,63}$', maxLength: 253 });
const zoneId = Type.String({ pattern: '^Z[A-Z0-9]{8,31}$' });

export const network = closed({
  cidr,
  availabilityZones: Type.Array(Type.String({ pattern: '^[a-z0-9-]+[a-f]$' }), {
    minItems: 3,
    maxItems: 3,
    uniqueItems: true,
  }),
  /** `one` saves two thirds of the NAT cost, but outgoing traffic fails with its zone. */
  natGateways: choice('one', 'one-per-zone'),
  interfaceEndpoints: closed({
    /** Short service names: `sqs` means com.amazonaws.<region>.sqs. */
    services: Type.Array(Type.String({ pattern: '^[a-z0-9.-]+$' }), { uniqueItems: true }),
    /** Number of zones in which each endpoint has an address; each is billed per hour. */
    zones: count(1, 3),
  }),
  flowLogs: closed({
    /** Aggregation interval of a record: shorter is more detailed and more expensive. */
    aggregationSeconds: choice(60, 600),
  }),
});

/** DNS names of the API. */
export const domain = closed({
  /** The first apply of our own zone waits until the parent zone delegates to it. */
  zone: ownOrExisting(
    {
      name: hostname,
      /** The parent zone, if it is in this account: creates the delegation. */
      parentZoneId: Type.Optional(zoneId),
    },
    { name: hostname, id: zoneId },
  ),
  /** The API's name in that zone, also of the certificate. */
  api: hostname,
  /** Additional names of the API in that zone. */
  alternatives: Type.Array(hostname, { uniqueItems: true }),
  /** Route 53's health check from the internet; only for a public load balancer. */
  healthCheck: Type.Optional(closed({ intervalSeconds: choice(10, 30), failures: count(1, 10) })),
});

export const loadBalancer = closed({
  internal: Type.Boolean(),
  ipAddressType: choice('ipv4', 'dualstack'),
  /** Networks that can reach the API on port 443. */
  allowedCidrs: Type.Array(anyCidr, { minItems: 1, uniqueItems: true }),
  /** Networks whose plain HTTP requests are redirected to HTTPS; never the whole internet. */
  redirectFromCidrs: Type.Array(anyCidr, { uniqueItems: true }),
  /** TLS 1.2 or newer. */
  sslPolicy: Type.String({ pattern: '^ELBSecurityPolicy-TLS13-1-[23]-' }),
  idleTimeoutSeconds: count(1, 4000),
  /** How long a leaving target may finish its requests. */
  deregistrationDelaySeconds: count(0, 3600),
  healthCheckIntervalSeconds: count(5, 300),
  accessLogDays: days,
});

/** WAF in front of the API. */
export const firewall = closed({
  /** From one address within five minutes; a whole office may share one address. */
  requestsPerFiveMinutes: count(100, 2_000_000_000),
});

export const cluster = closed({
  /** Never disabled: the worker scales by its task counts. */
  containerInsights: choice('enhanced', 'enabled'),
  gpu: closed({
    /** In order of preference; all x86 with one NVIDIA GPU. */
    instanceTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+$' }), {
      minItems: 1,
      uniqueItems: true,
    }),
    maxHosts: count(1, 100),
    /** Number of On-Demand hosts before any Spot host. */
    onDemandBase: count(0, 100),
    /** Percentage of Spot hosts above that. */
    spotPercent: percent(100),
    /** Size of the capacity reservation for the first type, billed even if unused; 0 for none. */
    reservedHosts: count(0, 100),
    /**
     * When all hosts are replaced to patch them, in UTC, e.g. `cron(0 8 ? * SUN *)`. Absent if hosts never
     * live long because idle capacity scales to zero.
     */
    refreshSchedule: Type.Optional(Type.String({ pattern: '^cron\\([^()]+\\)$' })),
    rootVolumeGiB: count(30, 1000),
  }),
});
