import { startInOrder } from './start-in-order';
import type { CannotStartContainer, ContainerSpec, Dependency, TaskEvents } from './task-runtime';

const silent: TaskEvents = { onExit: () => {}, onHealth: () => {}, onLine: () => {} };
const container = (name: string, ...dependsOn: Dependency[]): ContainerSpec => ({
  name,
  image: name,
  essential: false,
  command: undefined,
  entryPoint: undefined,
  environment: {},
  containerPorts: [],
  healthCheck: undefined,
  dependsOn,
  stopTimeoutMs: 0,
});
const on = (condition: Dependency['condition']): Dependency => ({ container: 'first', condition });

/** Starts `app`, which depends on `first`, and lets `first` do something. */
async function startApp(
  condition: Dependency['condition'],
  happens: (events: TaskEvents, abort: () => void) => void = () => {},
) {
  const order: string[] = [];
  const stop = new AbortController();
  const started = startInOrder(
    [container('app', on(condition)), container('first')],
    silent,
    stop.signal,
    ({ name }, events) => {
      order.push(name);
      if (name === 'first') setImmediate(() => happens(events, () => stop.abort()));
      const running = {
        name,
        skipped: false,
        pid: undefined,
        hostPorts: new Map<number, number>(),
      };
      return Promise.resolve({
        running,
        stop: () => Promise.resolve(void order.push(`${name} stopped`)),
      });
    },
  );
  const settled = started.then(
    () => 'started',
    (error: CannotStartContainer) => `${error.container}: ${error.message}`,
  );
  const pending = new Promise<string>((resolve) => setTimeout(resolve, 20, 'waiting'));
  return { outcome: await Promise.race([settled, pending]), order };
}

const both = ['first', 'app'];
const exits = (code: number) => (events: TaskEvents) => events.onExit('first', code);
const turns = (health: 'HEALTHY' | 'UNHEALTHY') => (events: TaskEvents) =>
  events.onHealth('first', health);

it.each([
  ['START', undefined],
  ['COMPLETE', exits(1)],
  ['SUCCESS', exits(0)],
  ['HEALTHY', turns('HEALTHY')],
] as const)('starts a container when its dependency has reached %s', async (condition, happens) => {
  expect(await startApp(condition, happens)).toEqual({ outcome: 'started', order: both });
});

it.each(['COMPLETE', 'SUCCESS', 'HEALTHY'] as const)('waits for %s', async (condition) => {
  expect(await startApp(condition)).toEqual({ outcome: 'waiting', order: ['first'] });
});

it.each([
  ['SUCCESS', exits(1)],
  ['HEALTHY', turns('UNHEALTHY')],
  ['HEALTHY', exits(0)],
  ['COMPLETE', (_: TaskEvents, abort: () => void) => abort()],
] as const)(
  'gives up what can never reach %s, and stops the others',
  async (condition, happens) => {
    const { outcome, order } = await startApp(condition, happens);
    expect(outcome).toBe(
      `app: DependencyError: dependency graph: failed to resolve the container ordering dependency [first_${condition}] for target [app]`,
    );
    expect(order).toEqual(['first', 'first stopped']);
  },
);

it('names the container that cannot start', async () => {
  const fails = () => Promise.reject(new Error('CannotPullContainerError: none'));
  await expect(
    startInOrder([container('app')], silent, new AbortController().signal, fails),
  ).rejects.toMatchObject({ container: 'app', message: 'CannotPullContainerError: none' });
});
