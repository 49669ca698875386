import { minutesPerWeek } from './analysis';

/** @returns little-endian f32 in base64, NaN kept */
export function encodeCounts(counts: ArrayLike<number>): string {
  const bytes = Buffer.alloc(counts.length * 4);
  for (let i = 0; i < counts.length; i++) bytes.writeFloatLE(counts[i] ?? NaN, i * 4);
  return bytes.toString('base64');
}

/** @returns [10080] counts, or undefined if the text does not hold exactly a week. */
export function decodeCounts(base64: string): Float32Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== minutesPerWeek * 4) return undefined;
  return Float32Array.from({ length: minutesPerWeek }, (_, i) => bytes.readFloatLE(i * 4));
}
