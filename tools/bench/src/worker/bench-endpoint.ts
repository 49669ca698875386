import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from '../result';
import { median } from '../side-by-side';
import type { Device, Size } from './measured-encoder';
import { startMeasured, type MeasuredProcess } from './measured-process';

/** As many as SageMaker is configured to send at once, and some. */
const callers = 20;
const loadMs = 15_000;
const pingEveryMs = 50;
/** SageMaker allows 2 s. */
const pingAtMostMs = 100;

interface Endpoint {
  readonly port: number;
  readonly body: string;
}

/** A worker in mode `endpoint`: how long /ping takes while callers keep the model busy, and what they get when it stops. */
export async function benchEndpoint(device: Device): Promise<Table> {
  const measured = [];
  for (const size of ['S', 'M', 'L'] as const) measured.push(await measure(size, device));
  return {
    name: `worker in mode endpoint on ${device}, ${callers} callers`,
    columns: ['model', 'weeks/s', '/ping median ms', '/ping longest ms', 'answers on SIGTERM'],
    rows: measured.map(({ size, weeksPerSecond, pings, answered }) => [
      `PAT-${size}`,
      weeksPerSecond.toFixed(1),
      median(pings).toFixed(1),
      Math.max(...pings).toFixed(1),
      String(answered),
    ]),
    goals: measured.flatMap(({ size, pings, answered }) => [
      { what: `PAT-${size}: longest /ping, ms`, value: Math.max(...pings), atMost: pingAtMostMs },
      { what: `PAT-${size}: answers on SIGTERM`, value: answered, atLeast: callers },
    ]),
  };
}

async function measure(size: Size, device: Device) {
  const what = `The endpoint with PAT-${size} on ${device}`;
  const endpoint = await startMeasured('measured-endpoint.js', [size, device], what);
  try {
    return { size, ...(await underLoad(endpoint)), answered: await answersOnStop(endpoint) };
  } finally {
    await endpoint.stop();
  }
}

const originOf = ({ greeting }: MeasuredProcess) =>
  `http://127.0.0.1:${(greeting as Endpoint).port}`;

/** @returns the status of the answer; 0 without one */
async function invoke(endpoint: MeasuredProcess): Promise<number> {
  const { body } = endpoint.greeting as Endpoint;
  const headers = { 'content-type': 'application/json' };
  try {
    const answer = await fetch(`${originOf(endpoint)}/invocations`, {
      method: 'POST',
      headers,
      body,
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** @returns weeks per second, and the milliseconds of each /ping */
async function underLoad(endpoint: MeasuredProcess) {
  const startedAt = performance.now();
  const goesOn = () => performance.now() - startedAt < loadMs;
  let weeks = 0;
  const caller = async () => {
    while (goesOn()) if ((await invoke(endpoint)) === 200) weeks++;
  };
  const pings: number[] = [];
  const pinging = async () => {
    while (goesOn()) {
      const askedAt = performance.now();
      await (await fetch(`${originOf(endpoint)}/ping`)).arrayBuffer();
      pings.push(performance.now() - askedAt);
      await delay(pingEveryMs);
    }
  };
  await Promise.all([pinging(), ...Array.from({ length: callers }, caller)]);
  return { weeksPerSecond: (1_000 * weeks) / (performance.now() - startedAt), pings };
}

/** @returns how many callers were answered whose requests were under way when SIGTERM came */
async function answersOnStop(endpoint: MeasuredProcess): Promise<number> {
  const calls = Array.from({ length: callers }, () => invoke(endpoint));
  await delay(100);
  endpoint.signal('SIGTERM');
  return (await Promise.all(calls)).filter((status) => status === 200).length;
}
