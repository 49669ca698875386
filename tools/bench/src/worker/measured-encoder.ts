import type { Contender } from '../side-by-side';
import { startMeasured } from './measured-process';

export type Device = 'cpu' | 'cuda';
export type Size = 'S' | 'M' | 'L';
export type Way = 'raw' | 'raw, all cores' | 'merged, all cores' | 'embed' | 'findings';

/** PAT of one size in a process of its own (`apps/ml-worker/dev/measured-encoder.ts`). */
export interface MeasuredEncoder {
  /** How its graph writes attention. */
  readonly attention: string;
  /** @param weeks per turn */
  contender(way: Way, weeks: number): Contender;
  stop(): Promise<void>;
}

/** @throws Error if it does not start: the device is not there */
export async function startEncoder(size: Size, device: Device): Promise<MeasuredEncoder> {
  const what = `PAT-${size} on ${device}`;
  const { greeting, ask, stop } = await startMeasured('measured-encoder.js', [size, device], what);
  return {
    attention: String(greeting),
    contender: (way, weeks) => ({
      name: way,
      run: async () => void (await ask({ contender: way, weeks })),
    }),
    stop,
  };
}
