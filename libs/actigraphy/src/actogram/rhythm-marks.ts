import { dayMinutes } from '../minute-series';
import { clip, fixed, type Row } from './row-shapes';

/** Times of the average day, in minutes after midnight. */
export interface RhythmTimes {
  readonly l5Onset?: number | undefined;
  readonly m10Onset?: number | undefined;
  readonly acrophase?: number | undefined;
}

/** Pixels that a label needs. */
const labelWidth = 40;

/**
 * L5, M10 and acrophase on a row of the average day, and the acrophase as a line through the days.
 * @param row shows minutes of the average day, more than 1440 if the day is drawn twice
 * @param days where the line begins and ends
 */
export function rhythmMarks(
  times: RhythmTimes,
  row: Row,
  days: { readonly top: number; readonly bottom: number },
): string[] {
  const repeats = Array.from(
    { length: row.end / dayMinutes + 1 },
    (_, day) => (day - 1) * dayMinutes,
  );
  const band = (kind: string, label: string, onset: number | undefined, hours: number) =>
    onset === undefined
      ? []
      : repeats.flatMap((offset) => {
          const start = onset + offset;
          const part = clip({ start, end: start + hours * 60 }, row);
          if (part === undefined) return [];
          const { x, width } = part;
          const text = `<text class="mark" x="${fixed(x + 6)}" y="${row.top + row.height - 3}">${label}</text>`;
          return [
            `<rect class="${kind}" x="${fixed(x)}" y="${row.top}" width="${fixed(width)}" height="${row.height}"/>`,
            ...(width > labelWidth ? [text] : []),
          ];
        });
  const { acrophase } = times;
  const peaks =
    acrophase === undefined
      ? []
      : repeats.flatMap((offset) => {
          const part = clip({ start: acrophase + offset, end: acrophase + offset + 1 }, row);
          return part === undefined
            ? []
            : [
                `<path class="peak" d="M${fixed(part.x)} ${row.top}v${row.height}M${fixed(part.x)} ${days.top}V${days.bottom}"/>`,
              ];
        });
  return [
    ...band('l5', 'L5', times.l5Onset, 5),
    ...band('m10', 'M10', times.m10Onset, 10),
    ...peaks,
  ];
}
