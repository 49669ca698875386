import { minutesPerWeek } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';

/** Marks a missing minute among 16-bit counts, which have no NaN. */
const missing = 0xffff;

/**
 * The counts of a week as 10,080 little-endian numbers: f32 (NaN = missing) or u16 (65535 = missing). Which of
 * them, the length decides.
 * @throws ValidationError if it is the length of neither
 */
export function binaryCounts(bytes: Buffer): Float32Array {
  if (bytes.length === 4 * minutesPerWeek)
    return Float32Array.from({ length: minutesPerWeek }, (_, n) => bytes.readFloatLE(4 * n));
  if (bytes.length === 2 * minutesPerWeek)
    return Float32Array.from({ length: minutesPerWeek }, (_, n) => {
      const count = bytes.readUInt16LE(2 * n);
      return count === missing ? NaN : count;
    });
  throw new ValidationError(
    `The body has ${bytes.length} bytes: ${minutesPerWeek} minutes are ${4 * minutesPerWeek} as f32 and ${2 * minutesPerWeek} as u16.`,
  );
}
