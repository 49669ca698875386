import type { LocalClock } from '../local-clock';
import type { MinuteWindow } from '../night';

/**
 * A recording by its local time: an hour that the clock left out is missing, one that it repeated is the mean of both.
 * @returns [local minutes] counts a minute from the first midnight on
 */
export function byLocalTime(counts: Float32Array, clock: LocalClock): Float32Array {
  const length = clock.reduce((last, local) => Math.max(last, local + 1), 0);
  const sums = new Float64Array(length);
  const measured = new Uint8Array(length);
  counts.forEach((count, minute) => {
    if (Number.isNaN(count)) return;
    const local = clock[minute]!;
    sums[local]! += count;
    measured[local]! += 1;
  });
  return Float32Array.from(sums, (sum, local) => sum / measured[local]!);
}

/** The window from the local time of its first minute to that of its last. */
export function localWindow<T extends MinuteWindow>(window: T, clock: LocalClock): T {
  const last = clock[window.end - 1];
  const start = clock[window.start];
  return start === undefined || last === undefined ? window : { ...window, start, end: last + 1 };
}

/** A local minute at which the clock changes, and the minutes by which it does. */
export interface ClockChange {
  readonly at: number;
  readonly by: number;
}

export function clockChanges(clock: LocalClock): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  for (let minute = 1; minute < clock.length; minute++) {
    const at = clock[minute - 1]! + 1;
    if (clock[minute] !== at) changes.push({ at, by: clock[minute]! - at });
  }
  return changes;
}
