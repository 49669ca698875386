import { PipelineError } from '../../src/errors';
import type { EnvironmentLocks, LockKind } from '../../src/core/locks/environment-locks';
import type { SimulatedRun } from './simulated-run';

const leaseMs = 60_000;

/** The lock of an environment: it is renewed while its run lives, and ends a lease after the run. */
export function simulatedLocks(now: () => number) {
  let held: { run: SimulatedRun; kind: LockKind } | undefined;
  let fencingToken = 0;
  const isHeld = () => held && now() <= (held.run.overAt ?? Infinity) + leaseMs;
  return (run: SimulatedRun): EnvironmentLocks => ({
    async take(kind) {
      if (isHeld() && !(kind === 'rollback' && held?.kind === 'deploy'))
        throw new PipelineError('locked', 'Another run is changing this environment.');
      const mine = { run, kind };
      held = mine;
      const assertHeld = async () => {
        if (held !== mine) throw new PipelineError('superseded', 'Another run has taken the lock.');
      };
      return {
        fencingToken: ++fencingToken,
        ...run.through({ assertHeld }),
        release: async () => void (held = held === mine ? undefined : held),
      };
    },
    read: async () => undefined,
    break: async () => void (held = undefined),
  });
}
