import type { Clock } from '@clarity/host';
import {
  firstProbe,
  nextProbeIn,
  probed,
  type ProbeSettings,
  type ProbeState,
} from './probe-state';

/** Checks again and again until told to stop; `onVerdict` hears each change of the verdict. */
export function watchHealth(
  check: () => Promise<boolean>,
  settings: ProbeSettings,
  clock: Clock,
  onVerdict: (verdict: ProbeState['verdict']) => void,
): { stop(): void } {
  let state = firstProbe(clock.now());
  let stopped = false;
  let cancel = () => {};

  const probe = async () => {
    const success = await check().catch(() => false);
    if (stopped) return;
    const before = state.verdict;
    state = probed(state, settings, success, clock.now());
    cancel = clock.after(nextProbeIn(state, settings), () => void probe());
    if (state.verdict !== before) onVerdict(state.verdict);
  };
  void probe();
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
