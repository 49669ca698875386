import { stubDynamo } from '@clarity/aws/testing';
import { listenOnLoopback } from '@clarity/host';
import { createServer, type Agent } from 'node:http';
import { join } from 'node:path';
import { medianWithInterval } from '../median-interval';
import type { Table } from '../result';
import { apiSettings } from './api-settings';
import { startContender, type RunningContender } from './contender';
import { keepConnections, sendAll, type Request } from './send-all';
import { startTokenIssuer } from './token-issuer';

/** What telemetry costs differs from process to process, by how the engine happens to lay it out. */
const processes = 9;
/** The first ones of each process only warm it up. */
const warmUpRounds = 4;
const rounds = 16;
const requestsPerRound = 300;
const connections = 8;
/** As production has them: infra/src/environments/prod.ts. */
const production = {
  OTEL_SERVICE_NAME: 'clarity-bench-api',
  OTEL_TRACES_SAMPLER_ARG: '0.02',
  TRACE_RATIOS: 'POST /v1/analyses=0.2',
};
const path = `/v1/samples?${new URLSearchParams({
  type: 'activity_count',
  from: '2025-03-03T00:00:00Z',
  to: '2025-03-04T00:00:00Z',
})}`;

interface Variant {
  readonly name: string;
  /** Variables of the API's environment. */
  readonly telemetry: Readonly<Record<string, string>>;
}

/** CPU milliseconds at a change of telemetry, as `apps/api/dev/switched-api.ts` answers it. */
interface Switched {
  readonly before: number;
  readonly after: number;
}

/**
 * What traces and metrics cost the API: its CPU time for a cheap request (a token, a query, no samples), with them as
 * in production and without. Every request traced is the worst case, for comparison. A process changes its telemetry
 * from round to round and is compared with itself, because processes of one program differ by more than telemetry
 * costs. The second variant that has none shows how far apart this bench finds equals.
 */
export async function benchTracing(): Promise<Table> {
  const issuer = await startTokenIssuer();
  const dynamo = await stubDynamo();
  const collector = createServer((request, response) => {
    request.resume().once('end', () => response.end('{}'));
  });
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${await listenOnLoopback(collector, 0)}`;
  const traced = { ...production, OTEL_EXPORTER_OTLP_ENDPOINT };
  const variants: readonly Variant[] = [
    { name: 'without', telemetry: {} },
    { name: 'without, again', telemetry: {} },
    { name: 'as in production', telemetry: traced },
    { name: 'every request', telemetry: { ...traced, OTEL_TRACES_SAMPLER_ARG: '1' } },
  ];
  const request: Request = { method: 'GET', path, token: issuer.issue() };
  const measureProcess = async () => {
    const server = await startContender(join(__dirname, 'report-cpu.js'), {
      command: ['--expose-gc', join(__dirname, 'switched-api.js')],
      env: { ...apiSettings, ...issuer.variables, AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint },
    });
    const agent = keepConnections(connections);
    try {
      return await cpuOfVariants(server, agent, request, variants);
    } finally {
      agent.destroy();
      await server.stop();
    }
  };
  try {
    const figures: (readonly number[])[] = [];
    while (figures.length < processes) figures.push(await measureProcess());
    return tableOf(variants, figures);
  } finally {
    await dynamo.close();
    issuer.close();
    collector.closeAllConnections();
    collector.close();
  }
}

/** @returns CPU milliseconds per request, in the order of the variants, which take turns there and back */
async function cpuOfVariants(
  server: RunningContender,
  agent: Agent,
  request: Request,
  variants: readonly Variant[],
): Promise<readonly number[]> {
  const cpuMs = variants.map(() => 0);
  const change = async (telemetry: Variant['telemetry']) =>
    (await server.ask({ telemetry })) as Switched;
  for (let round = -warmUpRounds; round < rounds; round++) {
    const turns = [...variants.entries()];
    for (const [n, { telemetry }] of round % 2 === 0 ? turns : turns.toReversed()) {
      const { after } = await change(telemetry);
      await sendAll(server.port, Array<Request>(requestsPerRound).fill(request), agent);
      const { before } = await change({});
      if (round >= 0) cpuMs[n] = (cpuMs[n] ?? 0) + before - after;
    }
  }
  return cpuMs.map((ms) => ms / (rounds * requestsPerRound));
}

function tableOf(variants: readonly Variant[], figures: readonly (readonly number[])[]): Table {
  const rows = variants.map(({ name }, n) => {
    const cpuMs = medianWithInterval(figures.map((each) => each[n] ?? NaN));
    const more = medianWithInterval(
      figures.map((each) => 100 * ((each[n] ?? NaN) / (each[0] ?? NaN) - 1)),
    );
    return { name, cpuMs, more };
  });
  return {
    name: `Traces and metrics of the API, CPU time of a cheap request, in ${figures.length} processes`,
    columns: ['traces and metrics', 'CPU ms per request', 'more, %', 'with 95 % confidence'],
    rows: rows.map(({ name, cpuMs, more }) => [
      name,
      cpuMs.median.toFixed(3),
      more.median.toFixed(1),
      `${more.from.toFixed(1)} to ${more.to.toFixed(1)}`,
    ]),
    goals: [{ what: 'more CPU in production, %', value: rows[2]?.more.median ?? NaN, atMost: 5 }],
  };
}
