import { cpuUnits, mebibytes } from '../../capacity/task-size';

/** Memory in MiB that Fargate offers for a number of CPU units: the smallest, the largest, and the step between. */
interface MemoryRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const gib = 1024;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const memoryByCpu: ReadonlyMap<number, MemoryRange> = new Map([
  [512, { from: gib, to: 4 * gib, step: gib }],
  [1024, { from: 2 * gib, to: 8 * gib, step: gib }],
  [2048, { from: 4 * gib, to: 16 * gib, step: gib }],
  [4096, { from: 8 * gib, to: 30 * gib, step: gib }],
  [8192, { from: 16 * gib, to: 60 * gib, step: 4 * gib }],
  [16384, { from: 32 * gib, to: 120 * gib, step: 8 * gib }],
]);
/** The smallest size has no even step. */
const memoryOfSmallest: readonly number[] = [512, gib, 2 * gib];

/**
 * Whether Fargate offers a task size.
 * @param cpu CPU units (`1024`), or vCPUs (`1 vCPU`)
 * @param memory MiB (`2048`), or GB (`2 GB`)
 */
export function isFargateSize(cpu: string, memory: string): boolean {
  const units = cpuUnits(cpu);
  const mib = mebibytes(memory);
  if (units === 256) return memoryOfSmallest.includes(mib);
  const range = memoryByCpu.get(units);
  return (
    range !== undefined &&
    mib >= range.from &&
    mib <= range.to &&
    (mib - range.from) % range.step === 0
  );
}
