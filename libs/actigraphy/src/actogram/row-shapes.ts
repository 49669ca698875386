import type { MinuteWindow } from '../night';

/** Minutes per bar. */
const barMinutes = 5;

/** Where a row is on the page, and which minutes of the recording it shows. */
export interface Row extends MinuteWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The value that fills a row's height: the 98th percentile of the bars, so that one jump of the sensor
 * does not flatten the week.
 */
export function fullScale(counts: Float32Array): number {
  const means = barMeans(counts, { start: 0, end: counts.length })
    .filter((mean) => mean > 0)
    .sort();
  return means[Math.floor(means.length * 0.98)] ?? 1;
}

/** Movement of a row as one SVG path. */
export function movementPath(counts: Float32Array, row: Row, full: number): string {
  const bottom = row.top + row.height;
  const step = (row.width * barMinutes) / (row.end - row.start);
  const parts: string[] = [];
  let drawing = false;
  barMeans(counts, row).forEach((mean, index) => {
    if (!(mean > 0)) {
      if (drawing) parts.push(`V${fixed(bottom)}Z`);
      drawing = false;
      return;
    }
    if (!drawing) parts.push(`M${fixed(row.left + index * step)} ${fixed(bottom)}`);
    drawing = true;
    const height = row.height * Math.min(1, mean / full);
    parts.push(`V${fixed(bottom - height)}H${fixed(row.left + (index + 1) * step)}`);
  });
  if (drawing) parts.push(`V${fixed(bottom)}Z`);
  return parts.join('');
}

/** The part of `window` that a row shows, as left edge and width; undefined if it shows none. */
export function clip(window: MinuteWindow, row: Row): { x: number; width: number } | undefined {
  const start = Math.max(window.start, row.start);
  const end = Math.min(window.end, row.end);
  if (!(end > start)) return undefined;
  const minute = row.width / (row.end - row.start);
  return { x: row.left + (start - row.start) * minute, width: (end - start) * minute };
}

/** Stretches without any measured minute. */
export function gapsOf(counts: Float32Array): readonly MinuteWindow[] {
  const gaps: MinuteWindow[] = [];
  counts.forEach((count, minute) => {
    if (!Number.isNaN(count)) return;
    const last = gaps.at(-1);
    if (last?.end === minute) gaps[gaps.length - 1] = { start: last.start, end: minute + 1 };
    else gaps.push({ start: minute, end: minute + 1 });
  });
  return gaps;
}

/** Coordinates to a tenth of a pixel: finer is only more bytes. */
export function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function barMeans(counts: Float32Array, { start, end }: MinuteWindow): Float32Array {
  return Float32Array.from({ length: Math.ceil((end - start) / barMinutes) }, (_, index) => {
    const first = start + index * barMinutes;
    const measured = counts
      .subarray(first, Math.min(end, first + barMinutes))
      .filter((count) => !Number.isNaN(count));
    return measured.reduce((sum, count) => sum + count, 0) / measured.length;
  });
}
