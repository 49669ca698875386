import { stubDynamo } from '@clarity/aws/testing';
import { someMinutes } from '@clarity/domain/testing';
import { join } from 'node:path';
import type { Table } from '../result';
import { apiSettings } from './api-settings';
import { startContender, type ContenderProgram, type RunningContender } from './contender';
import { measure, type Entrant, type Figures } from './measure';
import { keepConnections, sendAll, type Request } from './send-all';
import { startTokenIssuer, type TokenIssuer } from './token-issuer';

const rounds = 5;
const samplesPerRequest = 1_000;
const postsPerRound = 100;
/** Users who upload; each in the order of time. */
const writers = 10;
const getsPerRound = 200;
const dayMs = 86_400_000;
/** A recent midnight. */
const lastMidnight = Math.floor(Date.now() / dayMs) * dayMs - dayMs;

/**
 * The two busy routes of the API, against a route that does nothing but parse or send, and against
 * Express. The storage behind the whole API is a DynamoDB in memory that answers at once.
 */
export async function benchApi(root: string): Promise<readonly Table[]> {
  const issuer = await startTokenIssuer();
  const dynamo = await stubDynamo();
  const servers: RunningContender[] = [];
  const start = async (program: ContenderProgram) => {
    const server = await startContender(join(__dirname, 'report-cpu.js'), program);
    servers.push(server);
    return server;
  };
  try {
    const entrants = await startEntrants(root, start, issuer, dynamo.endpoint);
    await storePages(entrants);
    return [
      table(
        `POST /v1/samples:batch, ${samplesPerRequest} fresh samples`,
        await measure(entrants, rounds, freshBatches()),
        true,
      ),
      table(
        `GET /v1/samples, ${samplesPerRequest} samples`,
        await measure(entrants, rounds, (_, entrant) =>
          Array<Request>(getsPerRound).fill(pageOf(entrant)),
        ),
        false,
      ),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await dynamo.close();
    issuer.close();
  }
}

async function startEntrants(
  root: string,
  start: (program: ContenderProgram) => Promise<RunningContender>,
  issuer: TokenIssuer,
  dynamo: string,
): Promise<readonly Entrant[]> {
  const plain = join(__dirname, 'plain-contender.js');
  const env = { ...apiSettings, ...issuer.variables };
  const inMemory = await start({
    command: [join(__dirname, 'in-memory-api.js')],
    env,
    announces: true,
  });
  return [
    { name: 'bare Fastify', server: await start({ command: [plain, 'bare'] }) },
    { name: 'Express', server: await start({ command: [plain, 'express'] }) },
    {
      name: 'the API in memory',
      server: inMemory,
      ...(JSON.parse(inMemory.firstLine) as { writers: readonly string[]; reader: string }),
    },
    {
      name: 'the API on DynamoDB at 0 ms',
      server: await start({
        command: [join(root, 'dist/apps/api/main.js')],
        env: { ...env, AWS_ENDPOINT_URL_DYNAMODB: dynamo },
      }),
      writers: Array.from({ length: writers }, () => issuer.issue()),
      reader: issuer.issue(),
    },
  ];
}

/** Gives every entrant the page that it is then asked for. */
async function storePages(entrants: readonly Entrant[]): Promise<void> {
  const body = batchOf(lastMidnight);
  for (const { server, reader } of entrants) {
    const agent = keepConnections(1);
    const request: Request =
      reader === undefined
        ? { method: 'POST', path: '/page', body }
        : { method: 'POST', path: '/v1/samples:batch', body, token: reader };
    await sendAll(server.port, [request], agent).finally(() => agent.destroy());
  }
}

/** Batches that no contender has seen, each a day later than the last; all contenders get the same ones. */
function freshBatches(): (round: number, entrant: Entrant) => readonly Request[] {
  let made = { round: NaN, bodies: [] as readonly Buffer[] };
  const bodiesOf = (round: number) => {
    const first = lastMidnight - (rounds - round) * postsPerRound * dayMs;
    if (made.round !== round)
      made = {
        round,
        bodies: Array.from({ length: postsPerRound }, (_, n) => batchOf(first + n * dayMs)),
      };
    return made.bodies;
  };
  return (round, { writers: tokens }) =>
    bodiesOf(round).map((body, n) => ({
      method: 'POST',
      path: '/v1/samples:batch',
      body,
      ...(tokens !== undefined && { token: tokens[n % tokens.length]! }),
    }));
}

function pageOf({ reader }: Entrant): Request {
  const query = new URLSearchParams({
    type: 'activity_count',
    from: new Date(lastMidnight).toISOString(),
    to: new Date(lastMidnight + dayMs).toISOString(),
    limit: String(samplesPerRequest),
  });
  return {
    method: 'GET',
    path: `/v1/samples?${query}`,
    ...(reader !== undefined && { token: reader }),
  };
}

function batchOf(midnight: number): Buffer {
  return Buffer.from(JSON.stringify({ samples: someMinutes(midnight, samplesPerRequest) }));
}

/** Express checks what is sent to it as the API does; what it sends, it only sends. */
function table(name: string, figures: readonly Figures[], expectAheadOfExpress: boolean): Table {
  const [bare, express, inMemory, whole] = figures.map((each) => each.requestsPerSecond);
  const ratio = (of: number | undefined, to: number | undefined) => (of ?? NaN) / (to ?? NaN);
  return {
    name,
    columns: ['contender', 'requests/s', 'of bare', 'CPU ms a request'],
    rows: figures.map((each) => [
      each.name,
      each.requestsPerSecond.toFixed(0),
      ratio(each.requestsPerSecond, bare).toFixed(2),
      each.cpuMs.toFixed(2),
    ]),
    goals: [
      { what: 'the API in memory / bare', value: ratio(inMemory, bare), atLeast: 0.5 },
      { what: 'the API on DynamoDB / bare', value: ratio(whole, bare), atLeast: 0.3 },
      ...(expectAheadOfExpress
        ? [{ what: 'the API in memory / Express', value: ratio(inMemory, express), atLeast: 1 }]
        : []),
    ],
  };
}
