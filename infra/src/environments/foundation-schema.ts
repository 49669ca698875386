import Type from 'typebox';
import { choice, closed, count, days, percent } from './schema-terms';

const ipv4 = '(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}';
const ipv6 = '[0-9a-f:]*:[0-9a-f:]*/\\d{1,3}';
const cidr = Type.String({ pattern: `^${ipv4}$` });
const anyCidr = Type.String({ pattern: `^(${ipv4}|${ipv6})$` });
const hostname = Type.String({ pattern: '^([a-z0-9-]{1,63}\\.)+[a-z]{2,63}$', maxLength: 253 });

export const network = closed({
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
  flowLogs: closed({
    /** How long one record sums up traffic: shorter finds more and costs more. */
    aggregationSeconds: choice(60, 600),
  }),
});

/** Where the API is found. */
export const domain = closed({
  zone: Type.Union([
    /** A zone of our own; whoever runs its parent delegates to it before the first apply can end. */
    closed({
      kind: Type.Literal('own'),
      name: hostname,
      /** The parent zone, where this account runs it: the delegation is then made here. */
      parentZoneId: Type.Optional(Type.String({ pattern: '^Z[A-Z0-9]{8,31}$' })),
    }),
    /** A zone that somebody else keeps in this account. */
    closed({
      kind: Type.Literal('existing'),
      name: hostname,
      id: Type.String({ pattern: '^Z[A-Z0-9]{8,31}$' }),
    }),
  ]),
  /** The API's name, in that zone; the certificate is for it. */
  api: hostname,
  /** Further names of the API in that zone. */
  alternatives: Type.Array(hostname, { uniqueItems: true }),
  /** Route 53 asks from outside whether the API is there; only for a public load balancer. */
  healthCheck: Type.Optional(closed({ intervalSeconds: choice(10, 30), failures: count(1, 10) })),
});

export const loadBalancer = closed({
  internal: Type.Boolean(),
  ipAddressType: choice('ipv4', 'dualstack'),
  /** Networks that reach the API, on port 443. */
  allowedCidrs: Type.Array(anyCidr, { minItems: 1, uniqueItems: true }),
  /** Networks whose plain HTTP is answered with the way to HTTPS; never the whole internet. */
  redirectFromCidrs: Type.Array(anyCidr, { uniqueItems: true }),
  /** TLS 1.2 or newer. */
  sslPolicy: Type.String({ pattern: '^ELBSecurityPolicy-TLS13-1-[23]-' }),
  idleTimeoutSeconds: count(1, 4000),
  /** How long a target that leaves may finish its requests. */
  deregistrationDelaySeconds: count(0, 3600),
  healthCheckIntervalSeconds: count(5, 300),
  accessLogDays: days,
});

/** WAF in front of the API. */
export const firewall = closed({
  /** From one address within five minutes; behind one address there may be a whole office. */
  requestsPerFiveMinutes: count(100, 2_000_000_000),
});

export const cluster = closed({
  /** Never off: the worker scales by the tasks that it counts. */
  containerInsights: choice('enhanced', 'enabled'),
  gpu: closed({
    /** In order of preference; all of them x86 with one NVIDIA GPU. */
    instanceTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+$' }), {
      minItems: 1,
      uniqueItems: true,
    }),
    maxHosts: count(1, 100),
    /** Hosts that are On-Demand before Spot begins. */
    onDemandBase: count(0, 100),
    /** Share of Spot among the hosts above that. */
    spotPercent: percent(100),
    /** Hosts of the first type that AWS keeps for us, used or not; 0 for none. */
    reservedHosts: count(0, 100),
    /** Absent where hosts never live long because idle capacity goes back to zero. */
    maxHostAgeDays: Type.Optional(count(1, 365)),
    rootVolumeGiB: count(30, 1000),
  }),
});
