import type { FieldError } from '@clarity/schema';
import { dataChecks } from './data-checks';
import { foundationChecks } from './foundation-checks';
import type { Environment } from './schema';

/** Services that the worker requires; it has no route to the internet. */
const requiredEndpoints = [
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

const endpointsCoverWorker: Check = ({ network }) =>
  requiredEndpoints
    .filter((name) => !network.interfaceEndpoints.services.includes(name))
    .map((name) => ({
      pointer: '/network/interfaceEndpoints/services',
      detail: `must include ${name}: the worker reaches AWS only through endpoints`,
    }));

const zonesAreInRegion: Check = ({ network, account }) =>
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
      detail: 'must be between scaling.minimum and scaling.maximum',
    }));

const onDemandCoversMinimum: Check = ({ services: { api } }) => {
  const base = api.capacity.find(({ provider }) => provider === 'FARGATE')?.base ?? 0;
  return api.spotCarriesMinimum || base >= api.scaling.minimum
    ? []
    : [
        {
          pointer: '/services/api/capacity',
          detail: `must have a FARGATE base of at least ${api.scaling.minimum}, because spotCarriesMinimum is false`,
        },
      ];
};

/** ECS keeps the minimum, rounded up, and starts no task above the maximum, rounded down. */
const rolloutsCanMove: Check = ({ services }) =>
  (['api', 'mlWorker'] as const)
    .filter((name) => {
      const { rollout, scaling } = services[name];
      const smallest = Math.max(1, scaling.minimum);
      return (
        Math.ceil((rollout.minimumHealthyPercent / 100) * smallest) === smallest &&
        Math.floor((rollout.maximumPercent / 100) * smallest) === smallest
      );
    })
    .map((name) => ({
      pointer: `/services/${name}/rollout`,
      detail:
        'must let ECS stop or start a task while the service has its minimum number of tasks; a deployment would never end',
    }));

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

const gpuSettingsAgree: Check = ({ services: { mlWorker } }) => {
  const onGpu = mlWorker.capacity.filter(({ provider }) => provider === 'GPU').length;
  const errors: FieldError[] = [];
  if (onGpu > 0 && onGpu < mlWorker.capacity.length)
    errors.push({
      pointer: '/services/mlWorker/capacity',
      detail: 'must not mix GPU with Fargate: ECS allows one kind of capacity provider per service',
    });
  if (onGpu > 0 !== mlWorker.gpus > 0)
    errors.push({
      pointer: '/services/mlWorker/gpus',
      detail: 'must be above 0 if, and only if, the capacity is GPU',
    });
  if (mlWorker.gpus > 0 !== (mlWorker.executionProvider === 'cuda'))
    errors.push({
      pointer: '/services/mlWorker/executionProvider',
      detail: 'must be cuda if, and only if, the worker has GPUs',
    });
  return errors;
};

/** The only region in which Route 53 publishes health check metrics. */
const healthCheckRegion = 'us-east-1';

const healthCheckHasMetric: Check = ({ account, domain }) =>
  domain.healthCheck && account.region !== healthCheckRegion
    ? [
        {
          pointer: '/domain/healthCheck',
          detail: `must be absent outside ${healthCheckRegion}: Route 53 publishes its metric only there`,
        },
      ]
    : [];

const checks: readonly Check[] = [
  endpointsCoverWorker,
  zonesAreInRegion,
  ...foundationChecks,
  ...dataChecks,
  scalingIsOrdered,
  onDemandCoversMinimum,
  rolloutsCanMove,
  schedulesAreOrdered,
  gpuSettingsAgree,
  healthCheckHasMetric,
];

/** Violated rules between settings, which a schema cannot express. */
export const brokenRules = (environment: Environment): readonly FieldError[] =>
  checks.flatMap((check) => check(environment));
