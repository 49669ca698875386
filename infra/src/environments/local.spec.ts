import { dev } from './dev';
import { local } from './local';

/** Paths of the leaves that differ between two values. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? [] : [path];
  const [left, right] = [a, b] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  return [...keys].flatMap((key) => differences(left?.[key], right?.[key], `${path}/${key}`));
}

describe('local', () => {
  it('differs from dev only in these settings', () => {
    const places = differences(dev, local).filter((path) => !path.startsWith('/account/'));
    expect(places.sort()).toEqual([
      '/data/queues/visibilitySeconds',
      '/inference',
      '/loadBalancer/deregistrationDelaySeconds',
      '/loadBalancer/healthCheckIntervalSeconds',
      '/name',
      '/planOnly',
      '/resourceTimeout',
      '/services/api/startupSeconds',
      '/services/mlWorker/capacity/0/provider',
      '/services/mlWorker/cpu',
      '/services/mlWorker/desired',
      '/services/mlWorker/executionProvider',
      '/services/mlWorker/gpus',
      '/services/mlWorker/memoryMiB',
      '/services/mlWorker/scaling/maximum',
      '/services/mlWorker/scaling/minimum',
    ]);
  });
});
