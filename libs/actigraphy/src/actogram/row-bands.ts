import type { MinuteWindow } from '../night';
import type { ClockChange } from './local-recording';
import { clip, fixed, type Row } from './row-shapes';

export interface SleepWindow extends MinuteWindow {
  /** A dashed edge marks a window that was found in the counts rather than given. */
  readonly source?: 'in_bed' | 'detected';
}

/** The pattern of a kind of hatched band. @param angle degrees */
export function hatching(kind: string, angle: number): string {
  return `<pattern id="${kind}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle})"><path class="hatch-${kind}" d="M0 0V6"/></pattern>`;
}

/** A sleep window as a row shows it; nothing if it does not. */
export function sleepBand(window: SleepWindow, row: Row): string[] {
  const part = clip(window, row);
  if (part === undefined) return [];
  const [x, width] = [fixed(part.x), fixed(part.width)];
  const edge = window.source === 'detected' ? 'edge detected' : 'edge';
  return [
    `<rect class="sleep" x="${x}" y="${row.top}" width="${width}" height="${row.height}"/>`,
    `<path class="${edge}" d="M${x} ${row.top}h${width}"/>`,
  ];
}

/** A stretch without movement to show. @param kind class and pattern */
export function hatchedBand(kind: string, window: MinuteWindow, row: Row): string[] {
  const part = clip(window, row);
  if (part === undefined) return [];
  return [
    `<rect class="${kind}" x="${fixed(part.x)}" y="${row.top}" width="${fixed(part.width)}" height="${row.height}"/>`,
  ];
}

/** Where the clock changes, and by how much. */
export function changeMark({ at, by }: ClockChange, row: Row): string[] {
  const part = clip({ start: at, end: at + 1 }, row);
  if (part === undefined) return [];
  const x = fixed(part.x);
  return [
    `<path class="change" d="M${x} ${row.top}v${row.height}"/>`,
    `<text class="note" x="${fixed(part.x + 4)}" y="${row.top + 16}">${by > 0 ? '+' : '-'}${Math.abs(by) / 60} h</text>`,
  ];
}
