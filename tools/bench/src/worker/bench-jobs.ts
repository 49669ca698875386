import { availableParallelism } from 'node:os';
import type { Table } from '../result';
import { median } from '../side-by-side';
import { startEncoder, type Device, type Size } from './measured-encoder';
import { startMeasured } from './measured-process';
import { dollarsPerHour, priceDate } from './prices';

const rounds = 3;
/** Milliseconds per call of AWS: none, in the region, and on a bad day. */
const latencies = [0, 10, 30];
const queued: Readonly<Record<Device, Readonly<Record<Size, number>>>> = {
  cpu: { S: 300, M: 100, L: 30 },
  cuda: { S: 6_400, M: 3_200, L: 640 },
};
const backlogs = [1, 10, 100, 1_000, 10_000];

interface Took {
  readonly startSeconds: number;
  readonly seconds: number;
}

/** A whole worker in mode `queue`: jobs per second by what a call of AWS takes, and what a backlog costs. */
export async function benchJobs(device: Device): Promise<readonly Table[]> {
  const rows = [];
  for (const size of ['S', 'M', 'L'] as const)
    for (const callMs of latencies) rows.push(await rateOf(size, device, callMs));
  return [
    {
      name: `worker in mode queue on ${device}, ${availableParallelism()} cores`,
      columns: ['model', 'ms per call', 'jobs/s', 'jobs / raw weeks'],
      rows,
      goals: [],
    },
    await benchBacklogs(device),
  ];
}

/** In turns with ONNX Runtime alone. */
async function rateOf(size: Size, device: Device, callMs: number): Promise<readonly string[]> {
  const weeks = queued[device][size];
  const encoder = await startEncoder(size, device);
  const worker = await startWorker(size, device);
  try {
    const raw = encoder.contender('raw', weeks);
    await raw.run();
    const [seconds, ratios]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      await raw.run();
      const rawSeconds = (performance.now() - startedAt) / 1_000;
      const took = (await worker.ask({ weeks, callMs })) as Took;
      seconds.push(took.seconds);
      ratios.push(rawSeconds / took.seconds);
    }
    return [
      `PAT-${size}`,
      String(callMs),
      (weeks / median(seconds)).toFixed(1),
      median(ratios).toFixed(2),
    ];
  } finally {
    await worker.stop();
    await encoder.stop();
  }
}

/** From the start of the process, with PAT-S. */
async function benchBacklogs(device: Device): Promise<Table> {
  const worker = await startWorker('S', device);
  const rows: string[][] = [];
  for (const weeks of backlogs) {
    const { startSeconds, seconds } = (await worker.ask({ weeks, callMs: 10 })) as Took;
    const total = startSeconds + seconds;
    const dollars = (total / 3_600) * dollarsPerHour(device, availableParallelism());
    rows.push([
      String(weeks),
      total.toFixed(2),
      ((1_000 * seconds) / weeks).toFixed(1),
      (1e6 * (dollars / weeks)).toFixed(2),
    ]);
  }
  await worker.stop();
  return {
    name: `PAT-S, a backlog from the start of a worker, 10 ms per call, prices of ${priceDate}`,
    columns: ['weeks', 'seconds', 'ms per week', 'dollars per million weeks'],
    rows,
    goals: [],
  };
}

const startWorker = (size: Size, device: Device) =>
  startMeasured('measured-worker.js', [size, device], `A worker with PAT-${size} on ${device}`);
