import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, type DomainErrorKind } from '../errors';
import type { CallOptions } from '../ports/call-options';

/** Lets a test make an in-memory port fail the way a cloud does. */
export interface FaultInjection {
  /** The next call of any method (or the next `times` calls) rejects with this kind and changes nothing. */
  failNext(kind: DomainErrorKind, times?: number): void;
  /** Every later call of any method takes this many milliseconds; 0 ends that. */
  slowDown(milliseconds: number): void;
}

/** `check` is awaited first thing in every method of a port. */
export function faults(
  port: string,
): FaultInjection & { check(options?: CallOptions): Promise<void> } {
  const planned: DomainErrorKind[] = [];
  let delay = 0;
  return {
    failNext(kind, times = 1) {
      for (let i = 0; i < times; i++) planned.push(kind);
    },
    slowDown(milliseconds) {
      delay = milliseconds;
    },
    async check({ signal } = {}) {
      const kind = planned.shift();
      if (delay > 0) await sleep(delay, undefined, signal ? { signal } : {}).catch(() => undefined);
      if (signal?.aborted)
        throw new DomainError('unavailable', `${port} was given up by its caller.`);
      if (kind) throw new DomainError(kind, `Injected fault: ${port} is ${kind}.`);
    },
  };
}
