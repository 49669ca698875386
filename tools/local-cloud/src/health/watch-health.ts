import type { Clock } from '@clarity/host';
import {
  firstProbe,
  nextProbeIn,
  probed,
  type ProbeSettings,
  type ProbeState,
} from './probe-state';

/** Checks again and again until told to stop; `onChange` hears each change of the health. */
export function watchHealth(
  check: () => Promise<boolean>,
  settings: ProbeSettings,
  clock: Clock,
  onChange: (health: ProbeState['health']) => void,
): { stop(): void } {
  let state = firstProbe(clock.now());
  let stopped = false;
  let cancel = () => {};

  const probe = async () => {
    const success = await check().catch(() => false);
    if (stopped) return;
    const before = state.health;
    state = probed(state, settings, success, clock.now());
    cancel = clock.after(nextProbeIn(state, settings), () => void probe());
    if (state.health !== before) onChange(state.health);
  };
  void probe();
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
