import type { FieldError } from '@clarity/domain';
import type { Environment } from './schema';

/** What the worker cannot run without: it has no route to the internet. */
const neededPrivately = ['ecr.api', 'ecr.dkr', 'logs', 'sqs', 'secretsmanager', 'sts', 'kms'];
const anywhere = '0.0.0.0/0';

type Check = (environment: Environment) => readonly FieldError[];

const endpointsCoverTheWorker: Check = ({ network }) =>
  neededPrivately
    .filter((name) => !network.interfaceEndpoints.services.includes(name))
    .map((name) => ({
      pointer: '/network/interfaceEndpoints/services',
      detail: `must include ${name}: the worker reaches AWS through endpoints only`,
    }));

const zonesLieInTheRegion: Check = ({ network, account }) =>
  network.availabilityZones
    .map((zone, index) => ({ zone, index }))
    .filter(({ zone }) => !zone.startsWith(account.region))
    .map(({ zone, index }) => ({
      pointer: `/network/availabilityZones/${index}`,
      detail: `${zone} is not a zone of ${account.region}`,
    }));

const plainHttpIsNotPublic: Check = ({ loadBalancer: { listener } }) =>
  listener.protocol === 'HTTP' && listener.allowedCidrs.includes(anywhere)
    ? [
        {
          pointer: '/loadBalancer/listener/allowedCidrs',
          detail: `must not include ${anywhere} without TLS: use protocol HTTPS`,
        },
      ]
    : [];

const scalingIsOrdered: Check = ({ services }) =>
  (['api', 'mlWorker'] as const)
    .filter((name) => {
      const { desired, scaling } = services[name];
      return desired < scaling.minimum || desired > scaling.maximum;
    })
    .map((name) => ({
      pointer: `/services/${name}/desired`,
      detail: 'must lie between scaling.minimum and scaling.maximum',
    }));

const gpuWorkAsksForGpus: Check = ({ services: { mlWorker } }) => {
  const onGpu = mlWorker.capacity.filter(({ provider }) => provider === 'GPU').length;
  const errors: FieldError[] = [];
  if (onGpu > 0 && onGpu < mlWorker.capacity.length)
    errors.push({
      pointer: '/services/mlWorker/capacity',
      detail: 'must not mix GPU with Fargate: ECS takes one kind of provider a service',
    });
  if (onGpu > 0 !== mlWorker.gpus > 0)
    errors.push({
      pointer: '/services/mlWorker/gpus',
      detail: 'must be above 0 exactly when the capacity is GPU',
    });
  if (mlWorker.gpus > 0 !== (mlWorker.executionProvider === 'cuda'))
    errors.push({
      pointer: '/services/mlWorker/executionProvider',
      detail: 'must be cuda exactly when the worker has GPUs',
    });
  return errors;
};

const checks: readonly Check[] = [
  endpointsCoverTheWorker,
  zonesLieInTheRegion,
  plainHttpIsNotPublic,
  scalingIsOrdered,
  gpuWorkAsksForGpus,
];

/** What a schema cannot say: rules between settings. Empty when all hold. */
export const brokenRules = (environment: Environment): readonly FieldError[] =>
  checks.flatMap((check) => check(environment));
