import { DomainError, type DomainErrorKind } from '../errors';

/** Lets a test make an in-memory port fail the way a cloud does. */
export interface FaultInjection {
  /** The next call of any method (or the next `times` calls) rejects with this kind and changes nothing. */
  failNext(kind: DomainErrorKind, times?: number): void;
}

/** `check` is called first thing in every method of a port. */
export function faults(port: string): FaultInjection & { check(): void } {
  const planned: DomainErrorKind[] = [];
  return {
    failNext(kind, times = 1) {
      for (let i = 0; i < times; i++) planned.push(kind);
    },
    check() {
      const kind = planned.shift();
      if (kind) throw new DomainError(kind, `Injected fault: ${port} is ${kind}.`);
    },
  };
}
