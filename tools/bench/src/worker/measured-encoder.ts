import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Contender } from '../side-by-side';

export type Device = 'cpu' | 'cuda';
export type Size = 'S' | 'M' | 'L';
type Way = 'raw' | 'raw merged' | 'embed' | 'findings';

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
  const child = fork(join(__dirname, 'measured-encoder.js'), [size, device]);
  const exited = once(child, 'exit').then(() => {
    throw new Error(`PAT-${size} on ${device} ended before it was measured.`);
  });
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), exited]);
    return String(message);
  };
  return {
    attention: await answer(),
    contender: (way, weeks) => ({
      name: way,
      async run() {
        child.send({ contender: way, weeks });
        await answer();
      },
    }),
    async stop() {
      exited.catch(() => undefined);
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
