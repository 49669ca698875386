import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minutesPerWeek } from '@clarity/domain';

const fixtures = join(__dirname, 'fixtures');
const ofActigraphy = join(__dirname, '../../../libs/actigraphy/test/fixtures');

/** A JSON document of the independent reference of the encoder. */
export function goldenJson<T>(name: string): T {
  return parsedFile(join(fixtures, `${name}.golden.json`)) as T;
}

/** The metrics of week-a and week-b, by their names in the reference. */
export function goldenMetrics(): Record<string, Record<string, number>> {
  return parsedFile(join(ofActigraphy, 'metrics.golden.json')) as ReturnType<typeof goldenMetrics>;
}

function parsedFile(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What a size of PAT makes of {@link scaledWeeks}, with synthetic weights. */
export interface GoldenPat {
  readonly params: number;
  /** Of all tensors, little-endian f32 in the order of the published files. */
  readonly weights_sha256: string;
  readonly pooled: readonly number[][];
  readonly first_token: readonly number[][];
}
export interface GoldenPatS extends GoldenPat {
  readonly tensors: readonly { name: string; shape: number[] }[];
}

/** Three weeks that are scaled already: week-a, week-b, zeros. */
export function scaledWeeks(): readonly Float32Array[] {
  const bytes = readFileSync(join(fixtures, 'input.f32.bin'));
  return [0, 1, 2].map((week) =>
    Float32Array.from({ length: minutesPerWeek }, (_, minute) =>
      bytes.readFloatLE((week * minutesPerWeek + minute) * 4),
    ),
  );
}

/** The counts of week-a and week-b. */
export function countedWeeks(): readonly Float32Array[] {
  const bytes = readFileSync(join(ofActigraphy, 'counts.u16.bin'));
  return [0, 1].map((week) =>
    Float32Array.from({ length: minutesPerWeek }, (_, minute) =>
      bytes.readUInt16LE((week * minutesPerWeek + minute) * 2),
    ),
  );
}

/** Largest absolute difference. */
export function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Array.from(actual).reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (expected[index] ?? NaN))),
    0,
  );
}
