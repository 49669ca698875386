import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';

const maxDecimals = 9;
const asFloat = 255;

/**
 * A column of numbers: for each the count of decimals, then all as scaled integers (36.6 = 366 with
 * one decimal), because what devices report is short in decimal and long in binary. A number that
 * has no short decimal form is a f64 instead; every number comes back to the bit.
 */
export function writeNumbers(out: ByteWriter, numbers: readonly number[]): void {
  const decimals = numbers.map(decimalsOf);
  for (const each of decimals) out.byte(each);
  numbers.forEach((value, n) => {
    const places = decimals[n] ?? asFloat;
    if (places === asFloat) out.float64(value);
    else out.signed(Math.round(value * 10 ** places));
  });
}

export function readNumbers(input: ByteReader, count: number): number[] {
  const decimals = Array.from({ length: count }, () => input.byte());
  return decimals.map((places) =>
    places === asFloat ? input.float64() : input.signed() / 10 ** places,
  );
}

/** @returns the fewest decimals that say the number exactly, or `asFloat` */
function decimalsOf(value: number): number {
  if (Object.is(value, -0)) return asFloat;
  for (let places = 0; places <= maxDecimals; places++) {
    const scaled = Math.round(value * 10 ** places);
    if (Math.abs(scaled) >= 2 ** 52) return asFloat;
    // Division by a power of ten is rounded correctly, so this is exactly what reading will give.
    if (scaled / 10 ** places === value) return places;
  }
  return asFloat;
}
