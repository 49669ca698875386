import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { hostileBodies, honestBatch } from './bodies';
import type { RunningApp } from './start-app';

export interface Load {
  readonly uploads: number;
  readonly hostile: number;
  readonly bodyBytes: number;
  /** How long honest clients go on trying. */
  readonly patienceMs: number;
}

export interface Outcome {
  readonly isAlive: boolean;
  /** Honest uploads by how they ended. */
  readonly uploads: Record<string, number>;
  /** Attempts that honest clients were asked to repeat. */
  readonly refusals: number;
  readonly hostile: Record<string, number>;
  /** Of GET /livez and GET /v1/models meanwhile, milliseconds. */
  readonly others: {
    count: number;
    shed: number;
    failed: number;
    p50: number;
    p99: number;
    max: number;
  };
  readonly seconds: number;
}

interface Sent {
  readonly body?: Buffer;
  readonly packed?: true | undefined;
  readonly agent?: Agent;
}

/** @returns the status, or the code of the error that came instead */
function send(app: RunningApp, user: number, path: string, sent: Sent = {}): Promise<string> {
  const { body, packed, agent } = sent;
  return new Promise((resolve) => {
    const out = request({
      host: '127.0.0.1',
      port: app.port,
      path,
      agent: agent ?? false,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${app.tokens[user % app.tokens.length]}`,
        ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
        ...(packed && { 'content-encoding': 'gzip' }),
      },
    });
    out.on('response', (response) => {
      response.on('end', () => resolve(String(response.statusCode))).on('error', () => undefined);
      response.resume();
    });
    out.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    out.end(body);
  });
}

/** Honest uploads and hostile bodies at once, with a watch on how everybody else fares. */
export async function drive(app: RunningApp, load: Load): Promise<Outcome> {
  const start = performance.now();
  const honest = honestBatch(load.bodyBytes);
  const hostile = hostileBodies(load.bodyBytes);
  const tally = (names: readonly string[]) => {
    const counts: Record<string, number> = {};
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };
  let refusals = 0;
  const upload = async (user: number): Promise<string> => {
    for (;;) {
      const status = await send(app, user, '/v1/samples:batch', { body: honest });
      if (status !== '503' || performance.now() - start > load.patienceMs) return status;
      refusals++;
      await wait(4_000 + 2_000 * Math.random());
    }
  };
  const attack = async (n: number): Promise<string> => {
    const { name, ...sent } = hostile[n % hostile.length] ?? { name: 'none' };
    return `${name}: ${await send(app, n, '/v1/samples:batch', sent)}`;
  };
  let isOver = false;
  const watch = async (path: string) => {
    const agent = new Agent({ keepAlive: true });
    const latencies: number[] = [];
    let failed = 0;
    let shed = 0;
    while (!isOver) {
      const before = performance.now();
      const status = await send(app, 0, path, { agent });
      if (status === '503') shed++;
      else if (status !== '200') failed++;
      latencies.push(performance.now() - before);
      await wait(20);
    }
    agent.destroy();
    return { latencies, failed, shed };
  };
  const watching = [watch('/livez'), watch('/v1/models')];
  const [uploads, attacks] = await Promise.all([
    Promise.all(Array.from({ length: load.uploads }, (_, user) => upload(user))),
    Promise.all(Array.from({ length: load.hostile }, (_, n) => attack(n))),
  ]);
  isOver = true;
  const watched = await Promise.all(watching);
  const latencies = watched.flatMap((one) => one.latencies).sort((a, b) => a - b);
  const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  return {
    isAlive: app.isAlive(),
    uploads: tally(uploads),
    refusals,
    hostile: tally(attacks),
    others: {
      count: latencies.length,
      shed: watched.reduce((sum, one) => sum + one.shed, 0),
      failed: watched.reduce((sum, one) => sum + one.failed, 0),
      p50: at(0.5),
      p99: at(0.99),
      max: Math.round(latencies.at(-1) ?? 0),
    },
    seconds: Math.round((performance.now() - start) / 1_000),
  };
}

/** What must not happen however slow the machine is; empty if nothing did. */
export function brokenPromises({ isAlive, uploads, hostile, others }: Outcome): string[] {
  const foreign = [...Object.keys(uploads), ...Object.keys(hostile)].filter(
    (name) => !/(200|400|413|503)$/.test(name),
  );
  return [
    ...(isAlive ? [] : ['the process is gone']),
    ...(foreign.length === 0 ? [] : [`not answered: ${foreign.join(', ')}`]),
    ...(others.failed === 0 ? [] : [`${others.failed} of the other requests failed`]),
  ];
}

/** What is wrong with an outcome on a machine that has nothing else to do; empty if nothing is. */
export function missedTargets(outcome: Outcome): string[] {
  const { others } = outcome;
  return [
    ...brokenPromises(outcome),
    ...(others.shed <= others.count / 100 ? [] : [`${others.shed} of the others were shed`]),
    ...(others.p99 < 1_000 ? [] : [`p99 of the other requests is ${others.p99} ms`]),
  ];
}
