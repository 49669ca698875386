import { fasterClock } from '../../../clock/faster-clock';

/** A clock that is turned by hand, and whose timers fire a moment early, as those of Node may. */
export function clockByHand({ earlyMs = 0, speed = 1, stepMs = 0 } = {}) {
  let now = Date.UTC(2025, 0, 1);
  const timers = new Set<{ at: number; action: () => void }>();
  const clock = fasterClock(
    {
      // Time may go on while a step is made.
      now: () => (now += stepMs) - stepMs,
      after: (ms, action) => {
        const timer = { at: now + ms - earlyMs, action };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    speed,
  );
  /** Fires what is due within `ms` of real time, with everything in between. */
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...timers].sort((a, b) => a.at - b.at);
      now = Math.max(now, Math.min(end, next?.at ?? end));
      if (!next || next.at > now) continue;
      timers.delete(next);
      next.action();
    }
  };
  return { clock, pass };
}
