import { foundationChecks } from './foundation-checks';
import { dev } from './dev';
import { prod } from './prod';
import type { Environment } from './schema';

const complaints = (environment: Environment) =>
  foundationChecks.flatMap((check) => check(environment));
const balancer = (settings: Partial<Environment['loadBalancer']>): Environment => ({
  ...prod,
  loadBalancer: { ...prod.loadBalancer, ...settings },
});
const domain = (settings: Partial<Environment['domain']>): Environment => ({
  ...prod,
  domain: { ...prod.domain, ...settings },
});
const gpu = (settings: Partial<Environment['cluster']['gpu']>): Environment => ({
  ...prod,
  cluster: { ...prod.cluster, gpu: { ...prod.cluster.gpu, ...settings } },
});
const { mlWorker } = dev.services;
const alwaysOneWorkerInDev: Environment = {
  ...dev,
  services: {
    ...dev.services,
    mlWorker: { ...mlWorker, desired: 1, scaling: { ...mlWorker.scaling, minimum: 1 } },
  },
};

describe('foundationChecks', () => {
  it('accept prod', () => {
    expect(complaints(prod)).toEqual([]);
  });

  it.each([
    [
      'plain HTTP for the internet',
      balancer({ redirectFromCidrs: ['10.0.0.0/8', '::/0'] }),
      '/loadBalancer/redirectFromCidrs/1',
      'must not be ::/0: only port 443 may be open to the internet',
    ],
    [
      'IPv6 networks for an IPv4 load balancer',
      balancer({ ipAddressType: 'ipv4' }),
      '/loadBalancer/allowedCidrs/1',
      'must not be ::/0: an ipv4 load balancer has no IPv6 address',
    ],
    [
      'a name in another zone',
      domain({ api: 'api.notclarity.example' }),
      '/domain/api',
      'must be in the zone prod.clarity.example',
    ],
    [
      'a name with only the same ending',
      domain({ alternatives: ['evilprod.clarity.example'] }),
      '/domain/alternatives/0',
      'must be in the zone prod.clarity.example',
    ],
    [
      'a health check of an internal load balancer',
      balancer({ internal: true }),
      '/domain/healthCheck',
      'must be absent with an internal load balancer: Route 53 checks from the internet',
    ],
    [
      'more On-Demand hosts than hosts',
      gpu({ onDemandBase: 9 }),
      '/cluster/gpu/onDemandBase',
      'must not be above maxHosts',
    ],
    [
      'a reservation that Spot hosts leave unused',
      gpu({ reservedHosts: 2 }),
      '/cluster/gpu/reservedHosts',
      'must not be above onDemandBase: Spot hosts use no reservation',
    ],
    [
      'more GPU tasks than hosts',
      gpu({ maxHosts: 4 }),
      '/services/mlWorker/scaling/maximum',
      'must not be above cluster.gpu.maxHosts (4): a host has one GPU, and other tasks would never start',
    ],
    [
      'a host that is never patched',
      alwaysOneWorkerInDev,
      '/cluster/gpu/refreshSchedule',
      'must be present: a host that always has a task is never replaced otherwise',
    ],
  ])('reject %s', (_what, environment, pointer, detail) => {
    expect(complaints(environment)).toEqual([{ pointer, detail }]);
  });
});
