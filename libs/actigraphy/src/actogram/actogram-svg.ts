import { evenClock, type LocalClock } from '../local-clock';
import { dayMinutes } from '../minute-series';
import type { MinuteWindow } from '../night';
import { clockTime, dayName } from './days';
import { description } from './description';
import { legend } from './legend';
import { byLocalTime, clockChanges, localWindow } from './local-recording';
import { rhythmMarks, type RhythmTimes } from './rhythm-marks';
import { changeMark, hatchedBand, hatching, sleepBand, type SleepWindow } from './row-bands';
import { fixed, fullScale, gapsOf, movementPath, type Row } from './row-shapes';
import { actogramStyle } from './style';
import { escapeText } from './svg-text';

export interface Actogram {
  /** [10080] (or any number of days) counts a minute from local midnight on, NaN = missing. */
  readonly counts: Float32Array;
  /** Of the recording, if one of its days has not 24 hours. */
  readonly clock?: LocalClock;
  /** Minutes of the recording, [start, end). */
  readonly sleepWindows: readonly SleepWindow[];
  /** Minutes of the recording in which the device was not worn. */
  readonly nonWear?: readonly MinuteWindow[];
  readonly rhythm?: RhythmTimes;
  /** Local date of minute 0, YYYY-MM-DD. */
  readonly from: string;
  /** Heading; "Movement from <day>" otherwise. */
  readonly title?: string;
  /** Each row shows its day and the day after, so that no night is cut at midnight. The default. */
  readonly doublePlot?: boolean;
}

const plot = { left: 96, top: 108, rowHeight: 46, rowGap: 12, width: 960, right: 24, bottom: 20 };
const averageDay = { top: 48, height: 14 };
const labelEveryHours = 3;

/**
 * Draws a recording as an actogram: a row a day, movement as bars of five minutes, sleep windows shaded, missing and
 * unworn minutes hatched, L5, M10 and acrophase on top.
 * @returns a standalone SVG document: no script, no reference to anything outside, every text escaped,
 *   title and description for screen readers, colours for light and dark
 */
export function actogramSvg(actogram: Actogram): string {
  const { from, doublePlot = true, rhythm = {} } = actogram;
  const clock = actogram.clock ?? evenClock(actogram.counts.length);
  const local = <T extends MinuteWindow>(windows: readonly T[] = []) =>
    windows.map((window) => localWindow(window, clock));
  const [sleepWindows, nonWear] = [local(actogram.sleepWindows), local(actogram.nonWear)];
  const gaps = local(gapsOf(actogram.counts));
  const changes = clockChanges(clock);
  const counts = byLocalTime(actogram.counts, clock);

  const days = Math.ceil(counts.length / dayMinutes);
  const daysARow = doublePlot ? 2 : 1;
  const rowAt = (top: number, height: number, day: number): Row => ({
    start: day * dayMinutes,
    end: (day + daysARow) * dayMinutes,
    left: plot.left,
    top,
    width: plot.width,
    height,
  });
  const rows = Array.from({ length: days }, (_, day) =>
    rowAt(plot.top + day * (plot.rowHeight + plot.rowGap), plot.rowHeight, day),
  );
  const full = fullScale(counts);
  const bottom = plot.top + days * (plot.rowHeight + plot.rowGap);
  const key = legend(plot.left, bottom + 16, plot.width, full);
  const width = plot.left + plot.width + plot.right;
  const height = bottom + 16 + key.height + plot.bottom;
  const title = escapeText(actogram.title ?? `Movement from ${dayName(from, 0)}`);
  const text = description({
    counts: actogram.counts,
    from,
    days,
    rhythm,
    sleepWindows,
    nonWear,
    changes,
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${title}</title>`,
    `<desc id="desc">${escapeText(text)}</desc>`,
    `<style>${actogramStyle}</style>`,
    `<defs>${hatching('gap', 45)}${hatching('unworn', -45)}</defs>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${plot.left}" y="30">${title}</text>`,
    ...hourAxis(bottom, daysARow),
    ...rows.flatMap((row, day) => [
      ...sleepWindows.flatMap((window) => sleepBand(window, row)),
      ...gaps.flatMap((gap) => hatchedBand('gap', gap, row)),
      ...nonWear.flatMap((window) => hatchedBand('unworn', window, row)),
      `<path class="bar" d="${movementPath(counts, row, full)}"/>`,
      `<path class="base" d="M${row.left} ${row.top + row.height}H${row.left + row.width}"/>`,
      `<text x="${plot.left - 12}" y="${row.top + row.height - 6}" text-anchor="end">${escapeText(dayName(from, day))}</text>`,
      ...changes.flatMap((change) => changeMark(change, row)),
    ]),
    ...averageDayMarks(rhythm, rowAt(averageDay.top, averageDay.height, 0), bottom),
    ...key.svg,
    '</svg>',
  ].join('\n');
}

function averageDayMarks(rhythm: RhythmTimes, row: Row, bottom: number): string[] {
  const marks = rhythmMarks(rhythm, row, { top: plot.top - 8, bottom });
  if (marks.length === 0) return [];
  const [x, y] = [plot.left - 12, row.top + row.height - 3];
  return [`<text class="note" x="${x}" y="${y}" text-anchor="end">Average day</text>`, ...marks];
}

function hourAxis(bottom: number, daysARow: number): string[] {
  const hourWidth = plot.width / (24 * daysARow);
  const hours = Array.from({ length: (24 * daysARow) / labelEveryHours + 1 }, (_, index) => {
    const hour = index * labelEveryHours;
    const last = hour === 24 * daysARow;
    return { x: fixed(plot.left + hour * hourWidth), label: last ? '24:00' : clockTime(hour * 60) };
  });
  return hours.flatMap(({ x, label }) => [
    `<path class="grid" d="M${x} ${plot.top - 8}V${bottom}"/>`,
    `<text class="hour" x="${x}" y="${plot.top - 16}" text-anchor="middle">${label}</text>`,
  ]);
}
