/** Distances between ticks, in seconds, that a reader can count in. */
const distances = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];
/** More labels than this do not fit next to each other. */
const mostTicks = 5;

export interface Tick {
  /** Seconds since the start of the axis. */
  readonly at: number;
  /** e.g. `30 s`, `5 min`, `1 h 30 min`. */
  readonly label: string;
}

/**
 * Ticks of a time axis that starts at 0: at most six, however long it is.
 * @param seconds its length
 */
export function ticksOf(seconds: number): readonly Tick[] {
  const distance =
    distances.find((each) => seconds / each < mostTicks) ?? Math.ceil(seconds / mostTicks);
  const count = Math.floor(Math.max(0, seconds) / distance) + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: index * distance,
    label: index === 0 ? '0' : duration(index * distance),
  }));
}

/** e.g. `42 s`, `7 min 5 s`, `1 h 30 min`. @param seconds rounded to whole ones */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.join(' ') || '0 s';
}
