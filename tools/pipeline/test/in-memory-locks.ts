import { PipelineError } from '../src/errors';
import type { EnvironmentLocks, LockKind } from '../src/core/locks/environment-locks';

/** The lock of an environment, in memory. */
export function inMemoryLocks() {
  let held: { holder: string; kind: LockKind } | undefined;
  const port: EnvironmentLocks = {
    async take(kind) {
      if (held && !(kind === 'rollback' && held.kind === 'deploy'))
        throw new PipelineError('locked', `${held.holder} is changing this environment.`);
      const mine = { holder: 'ada', kind };
      held = mine;
      return {
        fencingToken: 1,
        async assertHeld() {
          if (held !== mine) throw new PipelineError('superseded', 'Another run has the lock.');
        },
        release: async () => void (held = held === mine ? undefined : held),
      };
    },
    read: async () => held && { ...held, leaseUntil: Date.now() + 60_000 },
    break: async () => void (held = undefined),
  };
  return { port, isFree: () => held === undefined };
}
