import type { FieldError } from '@clarity/schema';
import type { Environment } from './schema';

type Check = (environment: Environment) => readonly FieldError[];

const wholeInternet = ['0.0.0.0/0', '::/0'];

const plainHttpIsNotPublic: Check = ({ loadBalancer }) =>
  loadBalancer.redirectFromCidrs.flatMap((cidr, index) =>
    wholeInternet.includes(cidr)
      ? [
          {
            pointer: `/loadBalancer/redirectFromCidrs/${index}`,
            detail: `must not be ${cidr}: only port 443 may be open to the internet`,
          },
        ]
      : [],
  );

const ipv6ReachesDualstackOnly: Check = ({ loadBalancer }) =>
  loadBalancer.ipAddressType === 'dualstack'
    ? []
    : (['allowedCidrs', 'redirectFromCidrs'] as const).flatMap((setting) =>
        loadBalancer[setting].flatMap((cidr, index) =>
          cidr.includes(':')
            ? [
                {
                  pointer: `/loadBalancer/${setting}/${index}`,
                  detail: `must not be ${cidr}: an ipv4 load balancer has no IPv6 address`,
                },
              ]
            : [],
        ),
      );

const namesAreInZone: Check = ({ domain }) =>
  [
    { name: domain.api, pointer: '/domain/api' },
    ...domain.alternatives.map((name, index) => ({
      name,
      pointer: `/domain/alternatives/${index}`,
    })),
  ]
    .filter(({ name }) => name !== domain.zone.name && !name.endsWith(`.${domain.zone.name}`))
    .map(({ pointer }) => ({ pointer, detail: `must be in the zone ${domain.zone.name}` }));

const healthCheckReachesApi: Check = ({ domain, loadBalancer }) =>
  domain.healthCheck && loadBalancer.internal
    ? [
        {
          pointer: '/domain/healthCheck',
          detail:
            'must be absent with an internal load balancer: Route 53 checks from the internet',
        },
      ]
    : [];

const hostCountsFit: Check = ({ cluster: { gpu } }) =>
  (['onDemandBase', 'reservedHosts'] as const)
    .filter((setting) => gpu[setting] > gpu.maxHosts)
    .map((setting) => ({
      pointer: `/cluster/gpu/${setting}`,
      detail: 'must not be above maxHosts',
    }));

const reservationIsUsed: Check = ({ cluster: { gpu } }) =>
  gpu.reservedHosts > gpu.onDemandBase
    ? [
        {
          pointer: '/cluster/gpu/reservedHosts',
          detail: 'must not be above onDemandBase: Spot hosts use no reservation',
        },
      ]
    : [];

const everyGpuTaskHasHost: Check = ({ cluster: { gpu }, services: { mlWorker } }) =>
  mlWorker.gpus > 0 && mlWorker.scaling.maximum > gpu.maxHosts
    ? [
        {
          pointer: '/services/mlWorker/scaling/maximum',
          detail: `must not be above cluster.gpu.maxHosts (${gpu.maxHosts}): a host has one GPU, and other tasks would never start`,
        },
      ]
    : [];

const longLivedHostsArePatched: Check = ({ cluster: { gpu }, services: { mlWorker } }) =>
  mlWorker.gpus > 0 && mlWorker.scaling.minimum > 0 && gpu.refreshSchedule === undefined
    ? [
        {
          pointer: '/cluster/gpu/refreshSchedule',
          detail: 'must be present: a host that always has a task is never replaced otherwise',
        },
      ]
    : [];

/** Rules between the settings of network, domain, load balancer and hosts. */
export const foundationChecks: readonly Check[] = [
  plainHttpIsNotPublic,
  ipv6ReachesDualstackOnly,
  namesAreInZone,
  healthCheckReachesApi,
  hostCountsFit,
  reservationIsUsed,
  everyGpuTaskHasHost,
  longLivedHostsArePatched,
];
