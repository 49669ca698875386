import { ValidationError } from '@clarity/schema';
import { dev } from './dev';
import { parseEnvironment, selectEnvironment } from './select';

/** The fields that the thrown error reports. */
function complaints(attempt: () => unknown): readonly { pointer: string; detail: string }[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ValidationError) return error.fields;
    throw error;
  }
  return [];
}

describe('selectEnvironment', () => {
  it('defaults to dev', () => {
    expect(selectEnvironment({})).toBe(dev);
    expect(selectEnvironment({ CLARITY_ENVIRONMENT: 'prod' }).name).toBe('prod');
  });

  it('moves any environment to the embedded AWS by changing only its account', () => {
    const { account, ...rest } = selectEnvironment({ CLARITY_AWS: 'embedded' });
    expect({ account: dev.account, ...rest }).toEqual(dev);
    expect(account).toMatchObject({ id: '123456789012', state: { kind: 'file' } });
  });

  it('keeps the state of local in the bucket of its account, as every environment does', () => {
    const { account } = selectEnvironment({ CLARITY_ENVIRONMENT: 'local' });
    expect(account.state).toMatchObject({ kind: 's3', bucket: 'clarity-tfstate-123456789012' });
  });

  it.each([
    [{ CLARITY_ENVIRONMENT: 'production' }, /"production"; it must be one of dev, staging/],
    [{ CLARITY_ENVIRONMENT: 'constructor' }, /"constructor"; it must be one of/],
    [{ CLARITY_AWS: 'moto' }, /"moto"; it must be own or embedded/],
  ])('rejects %j', (variables, message) => {
    expect(() => selectEnvironment(variables)).toThrow(message);
  });
});

describe('parseEnvironment', () => {
  it('reports each wrong, missing or unknown value', () => {
    const incomplete = Object.fromEntries(
      Object.entries(dev).filter(([key]) => key !== 'resourceTimeout'),
    );
    const wrong = {
      ...incomplete,
      network: { ...dev.network, natGateways: 'two' },
      services: { ...dev.services, logRetentionDays: 8 },
      wafEnabled: true,
    };
    const places = complaints(() => parseEnvironment('dev', wrong));
    const text = places.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
    expect(text).toContain('/network/natGateways: must be equal to one of the allowed values');
    expect(text).toContain('/services/logRetentionDays');
    expect(text).toContain('resourceTimeout');
    expect(text).toContain('must not have additional properties');
  });

  const redirectFrom = (redirectFromCidrs: string[]) => ({
    ...dev,
    loadBalancer: { ...dev.loadBalancer, redirectFromCidrs },
  });
  const mlWorker = (settings: object) => ({
    ...dev,
    services: { ...dev.services, mlWorker: { ...dev.services.mlWorker, ...settings } },
  });
  it.each([
    [
      'plain HTTP from everywhere',
      redirectFrom(['0.0.0.0/0']),
      '/loadBalancer/redirectFromCidrs/0',
    ],
    [
      'a worker without access to SQS',
      {
        ...dev,
        network: { ...dev.network, interfaceEndpoints: { services: ['sns'], zones: 1 } },
      },
      '/network/interfaceEndpoints/services',
    ],
    [
      'a zone of another region',
      {
        ...dev,
        network: {
          ...dev.network,
          availabilityZones: ['us-east-1a', 'us-east-1b', 'eu-west-1a'],
        },
      },
      '/network/availabilityZones/2',
    ],
    [
      'a health check without a metric',
      {
        ...dev,
        account: { ...dev.account, region: 'eu-west-1' },
        domain: { ...dev.domain, healthCheck: { intervalSeconds: 30, failures: 3 } },
      },
      '/domain/healthCheck',
    ],
    ['more tasks than the maximum', mlWorker({ desired: 9 }), '/services/mlWorker/desired'],
    [
      'a rollout that can neither stop nor start a task',
      mlWorker({ rollout: { minimumHealthyPercent: 50, maximumPercent: 150 } }),
      '/services/mlWorker/rollout',
    ],
    ['GPU hosts without a GPU', mlWorker({ gpus: 0 }), '/services/mlWorker/gpus'],
    ['CUDA without a GPU', mlWorker({ gpus: 0 }), '/services/mlWorker/executionProvider'],
    [
      'GPU mixed with Fargate',
      mlWorker({
        capacity: [
          { provider: 'GPU', weight: 1, base: 0 },
          { provider: 'FARGATE', weight: 1, base: 0 },
        ],
      }),
      '/services/mlWorker/capacity',
    ],
  ])('rejects %s', (_what, environment, pointer) => {
    const pointers = complaints(() => parseEnvironment('dev', environment)).map(
      (place) => place.pointer,
    );
    expect(pointers).toContain(pointer);
  });
});
