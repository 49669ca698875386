import { once } from 'node:events';
import {
  createServer,
  type Agent,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { measure } from './measure';
import { keepConnections, sendAll, type Request } from './send-all';

interface Seen {
  readonly server: Server;
  readonly port: number;
  readonly requests: string[];
  mostAtOnce: number;
}

const open: Server[] = [];
const agents: Agent[] = [];
const connections = (count: number) => {
  const agent = keepConnections(count);
  agents.push(agent);
  return agent;
};
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
  for (const server of open.splice(0)) server.close();
});

async function listening(status = 200): Promise<Seen> {
  let atOnce = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    seen.mostAtOnce = Math.max(seen.mostAtOnce, ++atOnce);
    const { authorization = 'no token' } = request.headers;
    seen.requests.push(`${request.method} ${request.url} ${authorization} ${await text(request)}`);
    await wait(2);
    atOnce--;
    response.writeHead(status).end('answer');
  };
  const server = createServer((request, response) => void answer(request, response));
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const seen: Seen = { server, port, requests: [], mostAtOnce: 0 };
  return seen;
}

const get: Request = { method: 'GET', path: '/x' };

test('all requests arrive once, as many at a time as there are connections', async () => {
  const seen = await listening();
  const post: Request = { method: 'POST', path: '/y', token: 't', body: Buffer.from('{}') };
  await sendAll(seen.port, [...Array<Request>(40).fill(get), post], connections(4));
  expect(seen.requests).toHaveLength(41);
  expect(seen.requests).toContain('POST /y Bearer t {}');
  expect(seen.requests).toContain('GET /x no token ');
  expect(seen.mostAtOnce).toBe(4);
});

test('an answer other than 200 ends the measurement with what it was', async () => {
  const { port } = await listening(503);
  await expect(sendAll(port, [get], connections(1))).rejects.toThrow(
    'GET /x was answered 503: answer',
  );
});

test('entrants take turns there and back, and the warm-up counts for nothing', async () => {
  const { port } = await listening();
  const turns: string[] = [];
  const entrant = (name: string, ...cpu: number[]) => ({
    name,
    server: {
      port,
      firstLine: '',
      cpuMs: async () => cpu.shift() ?? NaN,
      ask: async () => undefined,
      stop: async () => {},
    },
  });
  const figures = await measure(
    [
      entrant('a', 0, 1000, 1000, 1002, 1002, 1004, 1004, 1018),
      entrant('b', 0, 1, 1, 3, 3, 5, 5, 7),
    ],
    3,
    (round, { name }) => {
      turns.push(`${name}${round}`);
      return [get, get];
    },
  );
  expect(turns).toEqual(['b-1', 'a-1', 'a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect(figures.map(({ name, cpuMs }) => [name, cpuMs])).toEqual([
    ['a', 3],
    ['b', 1],
  ]);
  expect(figures[0]?.requestsPerSecond).toBeGreaterThan(0);
});
