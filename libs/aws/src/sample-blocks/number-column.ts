import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';

const maxDecimals = 9;
const asFloat = 255;
const largestExact = 2 ** 52;

/**
 * A column of numbers: for each the count of decimals, then all as scaled integers (36.6 = 366 with
 * one decimal), because what devices report is short in decimal and long in binary. A number without
 * a short decimal form is a f64 instead; every number comes back to the bit.
 */
export function writeNumbers(out: ByteWriter, numbers: readonly number[]): void {
  const decimals = new Uint8Array(numbers.length);
  for (let n = 0; n < numbers.length; n++) decimals[n] = decimalsOf(numbers[n]!);
  out.bytes(decimals);
  for (let n = 0; n < numbers.length; n++) {
    const places = decimals[n]!;
    if (places === asFloat) out.float64(numbers[n]!);
    else out.signed(places === 0 ? numbers[n]! : Math.round(numbers[n]! * 10 ** places));
  }
}

export function readNumbers(input: ByteReader, count: number): number[] {
  const decimals = input.bytes(count);
  const numbers = new Array<number>(count);
  for (let n = 0; n < count; n++) {
    const places = decimals[n]!;
    if (places === asFloat) numbers[n] = input.float64();
    else numbers[n] = places === 0 ? input.signed() : input.signed() / 10 ** places;
  }
  return numbers;
}

/** @returns the fewest decimals that give the number exactly, or `asFloat` */
function decimalsOf(value: number): number {
  if (Object.is(value, -0)) return asFloat;
  for (let places = 0; places <= maxDecimals; places++) {
    const scaled = Math.round(value * 10 ** places);
    if (Math.abs(scaled) >= largestExact) return asFloat;
    // Division by a power of ten is rounded correctly, so this is exactly what reading will give.
    if (scaled / 10 ** places === value) return places;
  }
  return asFloat;
}
