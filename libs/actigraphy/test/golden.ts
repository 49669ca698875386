import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { weekMinutes } from '../src/minute-series';

const fixtures = join(__dirname, 'fixtures');

/** What the reference computed for one week; `unit` and `first10from720` describe the input. */
export interface GoldenWeek {
  readonly sum: number;
  readonly IS: number;
  readonly IV: number;
  readonly L5: number;
  readonly L5onsetMinute: number;
  readonly M10: number;
  readonly M10onsetMinute: number;
  readonly RA: number;
  readonly cosinor: Record<
    'mesor' | 'amplitude' | 'acrophaseRad' | 'acrophaseMinute' | 'r2',
    number
  >;
  readonly coleKripke: {
    readonly sleepMinutes: number;
    readonly afterWebster: number;
    readonly d_at: readonly number[];
  };
  readonly sri: number;
  readonly sadehSleepMinutesCapped300: number;
  readonly night1_1380_1860: Record<string, number>;
}

/** The two synthetic weeks with their golden metrics. */
export function goldenWeeks(): readonly {
  name: string;
  counts: Float32Array;
  golden: GoldenWeek;
}[] {
  const golden = JSON.parse(readFileSync(join(fixtures, 'metrics.golden.json'), 'utf8')) as Record<
    string,
    GoldenWeek
  >;
  const bytes = readFileSync(join(fixtures, 'counts.u16.bin'));
  return ['week-a', 'week-b'].map((name, week) => ({
    name,
    golden: golden[name] as GoldenWeek,
    counts: Float32Array.from({ length: weekMinutes }, (_, minute) =>
      bytes.readUInt16LE((week * weekMinutes + minute) * 2),
    ),
  }));
}

/** `counts` with the minutes of [start, end) missing. */
export function withGap(counts: Float32Array, start: number, end: number): Float32Array {
  return counts.slice().fill(NaN, start, end);
}
