/** Time that passes only when every run waits, so that hours take milliseconds and every order can be repeated. */
export interface SimulatedTime {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until nothing waits any more, or until `limitMs` has passed. */
  pass(limitMs: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** @param onTick called with each new time, e.g. to set `Date` */
export function simulatedTime(start: number, onTick: (now: number) => void): SimulatedTime {
  let now = start;
  let sleepers: Sleeper[] = [];
  const advance = (to: number) => {
    now = to;
    onTick(now);
  };
  onTick(now);
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    async pass(limitMs) {
      const until = now + limitMs;
      for (;;) {
        // Every promise that can settle has settled before the next turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        const next = Math.min(...sleepers.map(({ at }) => at));
        if (next > until) break;
        advance(next);
        const due = sleepers.filter(({ at }) => at <= now);
        sleepers = sleepers.filter(({ at }) => at > now);
        for (const { wake } of due) wake();
      }
      if (limitMs !== Infinity) advance(until);
    },
  };
}
