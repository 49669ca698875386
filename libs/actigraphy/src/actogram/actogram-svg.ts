import { dataQuality, dayMinutes } from '../minute-series';
import type { MinuteWindow } from '../night';
import { clockTime, dayName } from './days';
import { clip, fixed, fullScale, gapsOf, movementPath, type Row } from './row-shapes';
import { actogramStyle } from './style';

export interface SleepWindow extends MinuteWindow {
  /** A dashed edge marks a window that was found in the counts rather than given. */
  readonly source?: 'in_bed' | 'detected';
}

export interface Actogram {
  /** [10080] (or any number of days) counts a minute from local midnight on, NaN = missing. */
  readonly counts: Float32Array;
  /** Minutes of the recording, [start, end). */
  readonly sleepWindows: readonly SleepWindow[];
  /** Local date of minute 0, YYYY-MM-DD. */
  readonly from: string;
  /** Heading; "Movement from <day>" otherwise. */
  readonly title?: string;
  /** Each row shows its day and the day after, so that no night is cut at midnight. */
  readonly doublePlot?: boolean;
}

const plot = { left: 96, top: 76, rowHeight: 46, rowGap: 12, dayWidth: 760, right: 24, bottom: 70 };
const labelEveryHours = 3;

/**
 * Draws a recording as an actogram: a row a day, movement as bars of five minutes, sleep windows shaded,
 * missing minutes hatched.
 * @returns a standalone SVG document: no script, no reference to anything outside, every text escaped,
 *   title and description for screen readers, colours for light and dark
 */
export function actogramSvg(actogram: Actogram): string {
  const { counts, sleepWindows, from, doublePlot = false } = actogram;
  const days = Math.ceil(counts.length / dayMinutes);
  const daysARow = doublePlot ? 2 : 1;
  const plotWidth = plot.dayWidth * daysARow;
  const width = plot.left + plotWidth + plot.right;
  const bottom = plot.top + days * (plot.rowHeight + plot.rowGap);
  const height = bottom + plot.bottom;
  const title = escapeText(actogram.title ?? `Movement from ${dayName(from, 0)}`);
  const rows = Array.from({ length: days }, (_, day): Row => ({
    start: day * dayMinutes,
    end: (day + daysARow) * dayMinutes,
    left: plot.left,
    top: plot.top + day * (plot.rowHeight + plot.rowGap),
    width: plotWidth,
    height: plot.rowHeight,
  }));
  const full = fullScale(counts);
  const gaps = gapsOf(counts);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${title}</title>`,
    `<desc id="desc">${escapeText(description(actogram, days))}</desc>`,
    `<style>${actogramStyle}</style>`,
    '<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${plot.left}" y="30">${title}</text>`,
    ...hourAxis(bottom, daysARow),
    ...rows.flatMap((row, day) => [
      ...sleepWindows.flatMap((window) => sleepBand(window, row)),
      ...gaps.flatMap((gap) => gapBand(gap, row)),
      `<path class="bar" d="${movementPath(counts, row, full)}"/>`,
      `<path class="base" d="M${row.left} ${row.top + row.height}H${row.left + row.width}"/>`,
      `<text x="${plot.left - 12}" y="${row.top + row.height - 6}" text-anchor="end">${escapeText(dayName(from, day))}</text>`,
    ]),
    ...legend(bottom + 34, full),
    '</svg>',
  ].join('\n');
}

function description({ counts, sleepWindows, from }: Actogram, days: number): string {
  const share = Math.round(dataQuality(counts).missingShare * 1000) / 10;
  const windows = sleepWindows.map(({ start, end }) => {
    const day = dayName(from, Math.floor(start / dayMinutes));
    return `${day} ${clockTime(start)} to ${clockTime(end)}`;
  });
  return [
    `Actogram of ${days} days, a row a day from midnight to midnight.`,
    `${share} % of the minutes are missing.`,
    windows.length === 0 ? 'No sleep windows.' : `Sleep windows: ${windows.join('; ')}.`,
  ].join(' ');
}

function hourAxis(bottom: number, daysARow: number): string[] {
  const hourWidth = plot.dayWidth / 24;
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

function sleepBand(window: SleepWindow, row: Row): string[] {
  const part = clip(window, row);
  if (part === undefined) return [];
  const [x, width] = [fixed(part.x), fixed(part.width)];
  const edge = window.source === 'detected' ? 'edge detected' : 'edge';
  return [
    `<rect class="sleep" x="${x}" y="${row.top}" width="${width}" height="${row.height}"/>`,
    `<path class="${edge}" d="M${x} ${row.top}h${width}"/>`,
  ];
}

function gapBand(gap: MinuteWindow, row: Row): string[] {
  const part = clip(gap, row);
  if (part === undefined) return [];
  return [
    `<rect class="gap" x="${fixed(part.x)}" y="${row.top}" width="${fixed(part.width)}" height="${row.height}"/>`,
  ];
}

function legend(y: number, full: number): string[] {
  const entry = (x: number, swatch: string, text: string) => [
    `<g transform="translate(${x} ${y})">${swatch}</g>`,
    `<text class="note" x="${x + 30}" y="${y + 11}">${text}</text>`,
  ];
  const box = (kind: string) => `<rect class="${kind}" width="22" height="13"/>`;
  const band = (edge: string) => `${box('sleep')}<path class="${edge}" d="M0 0h22"/>`;
  return [
    ...entry(plot.left, box('bar'), `Movement, full height ${Math.round(full)} counts a minute`),
    ...entry(plot.left + 300, band('edge'), 'In bed'),
    ...entry(plot.left + 400, band('edge detected'), 'Sleep, detected'),
    ...entry(plot.left + 550, box('gap'), 'Not measured'),
  ];
}

/** XML text and attribute values; characters that XML 1.0 forbids are dropped. */
function escapeText(text: string): string {
  return [...text]
    .filter((character) =>
      /[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(character),
    )
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
