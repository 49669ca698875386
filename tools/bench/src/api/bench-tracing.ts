import { stubDynamo } from '@clarity/aws/testing';
import { listenOnLoopback } from '@clarity/host';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Table } from '../result';
import { apiSettings } from './api-settings';
import { startContender, type RunningContender } from './contender';
import { measure } from './measure';
import { startTokenIssuer } from './token-issuer';

const rounds = 15;
const requestsPerRound = 600;
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

/**
 * What traces and metrics cost the API: its CPU time for a cheap request (a token, a query, no samples), with them as
 * in production and without. Every request traced is the worst case, for comparison.
 */
export async function benchTracing(root: string): Promise<Table> {
  const issuer = await startTokenIssuer();
  const dynamo = await stubDynamo();
  const collector = createServer((request, response) => {
    request.resume().once('end', () => response.end('{}'));
  });
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${await listenOnLoopback(collector, 0)}`;
  const servers: RunningContender[] = [];
  const start = async (name: string, telemetry: Readonly<Record<string, string>>) => {
    const server = await startContender(join(__dirname, 'report-cpu.js'), {
      command: [join(root, 'dist/apps/api/main.js')],
      env: {
        ...apiSettings,
        ...issuer.variables,
        AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
        ...telemetry,
      },
    });
    servers.push(server);
    return { name, server, reader: issuer.issue() };
  };
  const traced = { ...production, OTEL_EXPORTER_OTLP_ENDPOINT };
  try {
    const entrants = [
      await start('without', {}),
      await start('as in production', traced),
      await start('every request', { ...traced, OTEL_TRACES_SAMPLER_ARG: '1' }),
    ];
    const figures = await measure(entrants, rounds, (_, { reader = '' }) =>
      Array.from({ length: requestsPerRound }, () => ({ method: 'GET', path, token: reader })),
    );
    const [without, asInProduction] = figures.map(({ cpuMs }) => cpuMs);
    const share = (cpuMs: number) => (100 * (cpuMs - (without ?? NaN))) / (without ?? NaN);
    return {
      name: 'Traces and metrics of the API, CPU time of a cheap request',
      columns: ['traces and metrics', 'CPU ms a request', 'more, %'],
      rows: figures.map(({ name, cpuMs }) => [name, cpuMs.toFixed(3), share(cpuMs).toFixed(1)]),
      goals: [
        { what: 'more CPU in production, %', value: share(asInProduction ?? NaN), atMost: 5 },
      ],
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await dynamo.close();
    issuer.close();
    collector.closeAllConnections();
    collector.close();
  }
}
