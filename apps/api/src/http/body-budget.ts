import { getHeapStatistics } from 'node:v8';

/** Gives back what was reserved; more than once is the same as once. */
export type Release = () => void;

/** What request bodies may take up in memory, counted before they are read. */
export interface BodyBudget {
  /**
   * @param holder who sends the body; no holder gets more than a quarter
   * @returns undefined if the body does not fit together with those in flight
   */
  reserve(bytes: number, holder: string): Release | undefined;
}

/** Bytes up to which a body is small: log-ins, requests for an analysis. */
export const smallBody = 64 * 1024;
const shareOfSmall = 1 / 8;
const shareOfHolder = 1 / 4;

/**
 * Small bodies have a share of their own, so that large ones cannot starve them.
 * @param capacity bytes of all bodies in flight together
 */
export function bodyBudget(capacity: number): BodyBudget {
  const small = pool(capacity * shareOfSmall);
  const large = pool(capacity * (1 - shareOfSmall));
  return {
    reserve: (bytes, holder) => (bytes <= smallBody ? small : large).reserve(bytes, holder),
  };
}

/** Even if its capacity is smaller, it takes one body at a time. */
function pool(capacity: number): BodyBudget {
  let reserved = 0;
  const held = new Map<string, number>();
  return {
    reserve(bytes, holder) {
      const heldBefore = held.get(holder) ?? 0;
      if (reserved > 0 && reserved + bytes > capacity) return undefined;
      if (heldBefore > 0 && heldBefore + bytes > capacity * shareOfHolder) return undefined;
      reserved += bytes;
      held.set(holder, heldBefore + bytes);
      let isReleased = false;
      return () => {
        if (isReleased) return;
        isReleased = true;
        reserved -= bytes;
        const left = (held.get(holder) ?? 0) - bytes;
        if (left > 0) held.set(holder, left);
        else held.delete(holder);
      };
    },
  };
}

/**
 * Measured with batches of 8 MiB and 10,000 samples that were all held at once: a heap of 256 MiB
 * lived with 21 of them, 1.5 bytes of heap per byte of body (the parsed samples, and what the parser
 * leaves to the garbage collector), and died of 28. The rest is for everything else.
 */
const memoryPerBodyByte = 4;

/** @returns bytes of bodies that the memory of this process can hold at once */
export function bodyCapacityOf(memory: number = memoryOfProcess()): number {
  return memory / memoryPerBodyByte;
}

/** The smaller of what V8 allows itself for objects that live on and what the container allows the process. */
function memoryOfProcess(): number {
  const flags = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ');
  const heap = oldGenerationOf(getHeapStatistics().heap_size_limit, flags);
  // 0 or more than there is if nothing constrains it.
  const container = process.constrainedMemory();
  return container > 0 ? Math.min(heap, container) : heap;
}

/** V8's default on 64 bits, MiB; a small container gets less. */
const largestSemiSpace = 64;

/**
 * V8's limit includes the young generation, three semi-spaces, in which no body stays: with an old generation of 96 MiB,
 * Node 24 reports 288.
 * @param limit bytes, V8's `heap_size_limit`
 * @param flags of Node, as on its command line
 * @returns bytes; half of the limit if it is not known how small the young generation is
 * @see https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export function oldGenerationOf(limit: number, flags: string): number {
  const given = /--max[-_]semi[-_]space[-_]size=(\d+)/.exec(flags)?.[1];
  const semiSpace = Number(given ?? largestSemiSpace) * 1024 * 1024;
  return Math.max(limit - 3 * semiSpace, limit / 2);
}
