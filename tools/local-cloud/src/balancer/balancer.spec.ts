import { systemClock } from '@clarity/host';
import { fasterClock } from '../clock/faster-clock';
import { openBalancer, type Balancer } from './balancer';
import type { ElbDirectory } from './elb-directory';
import type { Listener, Rule } from './rules/listener';
import type { RequestOver } from './routing/request-over';
import { targetTable } from './targets/target-table';
import { startTarget, targetGroup, type LoopbackTarget } from './testing/loopback-target';

const forwardTo = (targetGroupArn: string): Rule['action'] => ({ kind: 'forward', targetGroupArn });
const listener = (...rules: Rule[]): Listener => ({
  arn: 'https',
  port: 443,
  protocol: 'HTTPS',
  rules: [...rules, { arn: 'default', conditions: [], action: forwardTo('main') }],
});
const table = targetTable(fasterClock(systemClock, 1));
const main = targetGroup('main');
let setup = { arn: 'lb', dnsName: 'lb.test', listeners: [listener()] };
let balancer: Balancer;
let over: RequestOver[] = [];
const running: LoopbackTarget[] = [];

const start = async (...args: Parameters<typeof startTarget>) => {
  const target = await startTarget(...args);
  running.push(target);
  return target;
};
beforeEach(async () => {
  over = [];
  setup = { arn: 'lb', dnsName: 'lb.test', listeners: [listener()] };
  const directory: ElbDirectory = {
    loadBalancer: () => Promise.resolve(setup),
    targetGroup: () => Promise.resolve(undefined),
  };
  const onRequestOver = (request: RequestOver) => void over.push(request);
  balancer = await openBalancer({ setup, table, directory, port: 0, onRequestOver });
});
afterEach(async () => {
  await balancer.close();
  for (const target of running.splice(0)) {
    target.registration.remove();
    await target.kill();
  }
});
const textOf = async (path: string, init?: RequestInit) =>
  (await fetch(balancer.url + path, { redirect: 'manual', ...init })).text();

it('goes by the rules, and by what they become', async () => {
  await start('main', table, main);
  await start('other', table, targetGroup('other'));
  expect(await textOf('/beta/x')).toBe('main');
  const beta: Rule = {
    arn: 'beta',
    conditions: [{ field: 'path-pattern', values: ['/beta/*'] }],
    action: forwardTo('other'),
  };
  const closed: Rule = {
    arn: 'closed',
    conditions: [{ field: 'path-pattern', values: ['/closed'] }],
    action: { kind: 'fixed-response', status: 503, contentType: 'text/plain', body: 'closed' },
  };
  const http: Listener = {
    arn: 'http',
    port: 80,
    protocol: 'HTTP',
    rules: [
      {
        arn: 'redirect',
        conditions: [],
        action: {
          kind: 'redirect',
          status: 301,
          protocol: 'HTTPS',
          host: '#{host}',
          port: '443',
          path: '/#{path}',
          query: '#{query}',
        },
      },
    ],
  };
  setup = { ...setup, listeners: [listener(beta, closed), http] };
  await balancer.setupChanged();
  expect(await textOf('/beta/x')).toBe('other');
  expect(await textOf('/closed')).toBe('closed');
  const [, second] = balancer.report().listeners;
  const redirected = await fetch(`${second?.url ?? ''}/a?b=c`, { redirect: 'manual' });
  expect(redirected.status).toBe(301);
  expect(redirected.headers.get('location')).toBe(`${balancer.url}/a?b=c`);
  // What a rule answers on purpose is not a failure of the load balancer.
  expect(balancer.report()).toMatchObject({ requests: 4, failures: 0, targetFailures: 0 });
});

it('lets a leaving target finish, and keeps no connection to it', async () => {
  let finish = () => {};
  const leaving = await start('leaving', table, main, (request, response) => {
    if (request.url === '/slow') finish = () => response.end('finished');
    else response.end('leaving');
  });
  await Promise.all([textOf('/'), textOf('/')]);
  const slow = textOf('/slow');
  while (leaving.registration.target.inFlight === 0) await textOf('/');
  const drained = leaving.registration.drain();
  expect((await fetch(balancer.url)).status).toBe(503);
  await start('staying', table, main);
  expect(await textOf('/')).toBe('staying');
  while (leaving.connections() > 1) await textOf('/');
  finish();
  expect(await slow).toBe('finished');
  await drained;
  while (leaving.connections() > 0) await textOf('/');
});

it('hands a request with its whole body to another target where one cannot be reached', async () => {
  const dead = await start('dead', table, main);
  await start('alive', table, main, (request, response) => request.pipe(response));
  await dead.kill();
  const body = 'x'.repeat(300_000);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => textOf('/', { method: 'POST', body })),
  );
  expect(answers.every((answer) => answer === body)).toBe(true);
  expect(balancer.report().failures).toBe(0);
});

it('repeats what may be repeated where a target dies on it, and nothing else', async () => {
  const seen: string[] = [];
  await start('dying', table, main, (request, response) => {
    if (request.url === '/livez') return response.end();
    seen.push(`${request.method}`);
    request.socket.resetAndDestroy();
  });
  await start('alive', table, main);
  const gets = await Promise.all([textOf('/'), textOf('/')]);
  expect(gets).toEqual(['alive', 'alive']);
  const posts = await Promise.all(
    [1, 2].map(async () => (await fetch(balancer.url, { method: 'POST', body: 'x' })).status),
  );
  expect(posts.toSorted()).toEqual([200, 502]);
  expect(seen).toEqual(['GET', 'POST']);
  expect(balancer.report()).toMatchObject({ failures: 1, targetFailures: 0 });
  expect(over.filter(({ outcome }) => outcome.by === 'load-balancer')).toHaveLength(1);
});

it('loses no request while targets come and leave', async () => {
  const statuses = new Map<string, number>();
  let left = 400;
  const client = async (method: 'GET' | 'POST') => {
    while (left-- > 0) {
      const init = method === 'POST' ? { method, body: 'sample' } : { method };
      const what = await textOf('/', init).then(
        (text) => (text.startsWith('task-') ? 'answered' : text),
        String,
      );
      statuses.set(what, (statuses.get(what) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await start('task-0', table, main);
  const clients = (['GET', 'POST', 'GET', 'POST', 'GET'] as const).map(client);
  for (let generation = 1; left > 0; generation++) {
    const before = running.at(-1);
    await start(`task-${generation}`, table, main);
    // Leaves as ECS has it: out of the target group first, then the process ends.
    await before?.registration.drain();
    await before?.kill();
  }
  await Promise.all(clients);
  expect([...statuses]).toEqual([['answered', 400]]);
  expect(running.length).toBeGreaterThan(4);
  expect(balancer.report()).toMatchObject({ failures: 0, targetFailures: 0 });
}, 20_000);
