import { availableParallelism } from 'node:os';
import type { Goal, Table } from '../result';
import { sideBySide } from '../side-by-side';
import { startEncoder, type Device, type Size, type Way } from './measured-encoder';
import { dollarsPerHour, priceDate } from './prices';

const rounds = 7;
/** Weeks per turn: about half a second of two cores, or of a GPU in full batches. */
const weeksPerTurn: Readonly<Record<Device, Readonly<Record<Size, number>>>> = {
  cpu: { S: 48, M: 16, L: 4 },
  cuda: { S: 640, M: 320, L: 64 },
};
const leastOfRaw: Readonly<Record<Size, number>> = { S: 0.85, M: 0.92, L: 0.92 };
const leastOfMerged = 1.15;

/**
 * PAT-S, M and L with synthetic weights: the worker's encoder, with and without metrics, against ONNX Runtime alone on the
 * same graph, and that graph against the one with merged attention.
 */
export async function benchWorker(device: Device): Promise<Table> {
  const measured = [];
  for (const size of ['S', 'M', 'L'] as const) measured.push(await measureSize(size, device));
  return {
    name: `worker on ${device}, ${availableParallelism()} cores, prices of ${priceDate}`,
    columns: [
      'model',
      'attention',
      'raw weeks/s',
      'embed / raw',
      'with metrics / raw',
      'with metrics / raw, all cores',
      'graph / merged',
      'weeks per dollar',
    ],
    rows: measured.map(({ cells }) => cells),
    goals: measured.flatMap(({ goals }) => goals),
  };
}

async function measureSize(
  size: Size,
  device: Device,
): Promise<{ cells: readonly string[]; goals: readonly Goal[] }> {
  const weeks = weeksPerTurn[device][size];
  const encoder = await startEncoder(size, device);
  try {
    const against = (way: Way, baseline: Way) =>
      sideBySide(size, {
        ours: encoder.contender(way, weeks),
        baseline: encoder.contender(baseline, weeks),
        rounds,
        goal: 1,
      });
    const embed = await against('embed', 'raw');
    const findings = await against('findings', 'raw');
    const isMerged = encoder.attention === 'merged';
    const allCores = await against('findings', 'raw, all cores');
    const graph = isMerged ? 1 : (await against('raw, all cores', 'merged, all cores')).ratio;
    const weeksPerSecond = (seconds: number | undefined) => weeks / (seconds ?? NaN);
    const perDollar =
      (weeksPerSecond(findings.seconds['findings']) * 3600) /
      dollarsPerHour(device, availableParallelism());
    return {
      cells: [
        `PAT-${size}`,
        encoder.attention,
        weeksPerSecond(findings.seconds['raw']).toFixed(1),
        embed.ratio.toFixed(2),
        findings.ratio.toFixed(2),
        allCores.ratio.toFixed(2),
        graph.toFixed(2),
        perDollar.toFixed(0),
      ],
      goals: [
        {
          what: `PAT-${size}: embedding with metrics / raw`,
          value: findings.ratio,
          atLeast: leastOfRaw[size],
        },
        ...(isMerged
          ? []
          : [
              {
                what: `PAT-${size}: ${encoder.attention} / merged`,
                value: graph,
                atLeast: leastOfMerged,
              },
            ]),
      ],
    };
  } finally {
    await encoder.stop();
  }
}
