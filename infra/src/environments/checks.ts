import type { FieldError } from '@clarity/schema';
import { dataChecks } from './data-checks';
import { foundationChecks } from './foundation-checks';
import type { Environment } from './schema';

/** What the worker cannot run without: it has no route to the internet. */
const neededPrivately = [
  'ecr.api',
  'ecr.dkr',
  'logs',
  'sqs',
  'secretsmanager',
  'sts',
  'kms',
  'xray',
];

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

const onDemandCoversTheMinimum: Check = ({ services: { api } }) => {
  const base = api.capacity.find(({ provider }) => provider === 'FARGATE')?.base ?? 0;
  return api.spotCarriesMinimum || base >= api.scaling.minimum
    ? []
    : [
        {
          pointer: '/services/api/capacity',
          detail: `must have a base of at least ${api.scaling.minimum} on FARGATE, as Spot may not carry the minimum`,
        },
      ];
};

const schedulesAreOrdered: Check = ({ services: { api } }) =>
  api.scaling.schedule.flatMap(({ minimum, maximum }, index) =>
    minimum <= maximum
      ? []
      : [
          {
            pointer: `/services/api/scaling/schedule/${index}/minimum`,
            detail: 'must not be above maximum',
          },
        ],
  );

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

/** Route 53 tells of its health checks there and nowhere else. */
const healthChecksSpeakIn = 'us-east-1';

const healthCheckIsHeard: Check = ({ account, domain }) =>
  domain.healthCheck && account.region !== healthChecksSpeakIn
    ? [
        {
          pointer: '/domain/healthCheck',
          detail: `must be absent outside ${healthChecksSpeakIn}: its alarm would wait for a metric that never comes`,
        },
      ]
    : [];

const checks: readonly Check[] = [
  endpointsCoverTheWorker,
  zonesLieInTheRegion,
  ...foundationChecks,
  ...dataChecks,
  scalingIsOrdered,
  onDemandCoversTheMinimum,
  schedulesAreOrdered,
  gpuWorkAsksForGpus,
  healthCheckIsHeard,
];

/** What a schema cannot say: rules between settings. Empty when all hold. */
export const brokenRules = (environment: Environment): readonly FieldError[] =>
  checks.flatMap((check) => check(environment));
