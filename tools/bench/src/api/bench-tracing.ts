import { stubDynamo } from '@clarity/aws/testing';
import { listenOnLoopback } from '@clarity/host';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { medianWithInterval } from '../median-interval';
import type { Table } from '../result';
import { apiSettings } from './api-settings';
import { startContender } from './contender';
import { measure } from './measure';
import { startTokenIssuer } from './token-issuer';

/** Processes of the same program differ by some percent for as long as they live. */
const processesEach = 11;
const warmUpRequests = 4_000;
/** Short, so that what else runs on the machine slows all variants alike. */
const requestsPerRound = 40;
const rounds = 60;
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
  readonly telemetry: Readonly<Record<string, string>>;
}

/**
 * What traces and metrics cost the API: its CPU time for a cheap request (a token, a query, no samples), with them as
 * in production and without. Every request traced is the worst case, for comparison. Each variant runs in many
 * processes, in turns of short rounds, and is compared with the process of its turn that has neither. A second process
 * that has neither shows how far apart this bench finds equals: what it differs from 0 by is its error.
 */
export async function benchTracing(root: string): Promise<Table> {
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
  const start = async ({ name, telemetry }: Variant) => ({
    name,
    reader: issuer.issue(),
    server: await startContender(join(__dirname, 'report-cpu.js'), {
      command: [join(root, 'dist/apps/api/main.js')],
      env: {
        ...apiSettings,
        ...issuer.variables,
        AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
        ...telemetry,
      },
    }),
  });
  /** CPU milliseconds per request, in the order of the variants. */
  const oneTurn = async (): Promise<readonly number[]> => {
    const entrants = await Promise.all(variants.map(start));
    try {
      const figures = await measure(entrants, rounds, (round, { reader = '' }) =>
        Array.from({ length: round < 0 ? warmUpRequests : requestsPerRound }, () => ({
          method: 'GET',
          path,
          token: reader,
        })),
      );
      return figures.map(({ cpuMs }) => cpuMs);
    } finally {
      await Promise.all(entrants.map(({ server }) => server.stop()));
    }
  };
  try {
    const turns: (readonly number[])[] = [];
    while (turns.length < processesEach) turns.push(await oneTurn());
    return tableOf(variants, turns);
  } finally {
    await dynamo.close();
    issuer.close();
    collector.closeAllConnections();
    collector.close();
  }
}

function tableOf(variants: readonly Variant[], turns: readonly (readonly number[])[]): Table {
  const rows = variants.map(({ name }, n) => {
    const cpuMs = medianWithInterval(turns.map((turn) => turn[n] ?? NaN));
    const more = medianWithInterval(
      turns.map((turn) => 100 * ((turn[n] ?? NaN) / (turn[0] ?? NaN) - 1)),
    );
    return { name, cpuMs, more };
  });
  return {
    name: `Traces and metrics of the API, CPU time of a cheap request, ${turns.length} processes each`,
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
