import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';
import { readTexts, writeTexts } from './text-column';

/**
 * A column of RFC 3339 times that come back to the letter. Each is a difference in seconds to a time
 * near it: starts to the start before, ends to their own start, so that regular series shrink to
 * almost nothing.
 * @param texts RFC 3339, checked before
 * @param instants the same in epoch milliseconds
 * @param starts the wall seconds of the starts if these are ends, else undefined
 * @returns seconds since 1970 of the wall clock that was written, as if it were UTC
 */
export function writeTimes(
  out: ByteWriter,
  texts: readonly string[],
  instants: readonly number[],
  starts?: readonly number[],
): readonly number[] {
  const count = texts.length;
  const wallSeconds = new Array<number>(count);
  const styles = new Array<string>(count);
  const widths = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const text = texts[n]!;
    const style = styleOf(text);
    styles[n] = style;
    widths[n] = Math.max(0, text.length - style.length - secondsEnd);
    wallSeconds[n] = Math.floor(instants[n]! / 1_000) + offsetSeconds(style);
  }
  writeTexts(out, styles);
  out.bytes(widths);
  for (let n = 0; n < count; n++) if (widths[n]! > 0) out.varint(fractionOf(texts[n]!, widths[n]!));
  for (let n = 0; n < count; n++)
    out.signed(wallSeconds[n]! - (starts?.[n] ?? wallSeconds[n - 1] ?? 0));
  return wallSeconds;
}

export interface Times {
  readonly texts: readonly string[];
  /** Epoch milliseconds. */
  readonly instants: readonly number[];
  readonly wallSeconds: readonly number[];
}

export function readTimes(input: ByteReader, count: number, starts?: readonly number[]): Times {
  const styles = readTexts(input, count);
  const widths = input.bytes(count);
  const fractions = new Array<number>(count);
  for (let n = 0; n < count; n++) fractions[n] = widths[n]! === 0 ? 0 : input.varint();
  const texts = new Array<string>(count);
  const instants = new Array<number>(count);
  const wallSeconds = new Array<number>(count);
  const format = timeFormatter();
  for (let n = 0; n < count; n++) {
    const seconds = input.signed() + (starts?.[n] ?? wallSeconds[n - 1] ?? 0);
    const [style, width, fraction] = [styles[n] ?? 'TZ', widths[n]!, fractions[n]!];
    wallSeconds[n] = seconds;
    texts[n] = format(
      seconds,
      width === 0 ? '' : `.${String(fraction).padStart(width, '0')}`,
      style,
    );
    instants[n] = (seconds - offsetSeconds(style)) * 1_000 + millisecondsOf(fraction, width);
  }
  return { texts, instants, wallSeconds };
}

const separatorAt = 10;
const secondsEnd = 19;
const offsetLength = 6;

/** Separator and offset as written, e.g. "T+02:00". */
function styleOf(text: string): string {
  const separator = text.charAt(separatorAt);
  const last = text.charAt(text.length - 1);
  if (last === 'Z' || last === 'z')
    return separator === 'T' && last === 'Z' ? 'TZ' : separator + last;
  return separator + text.slice(text.length - offsetLength);
}

/** @param style as {@link styleOf} gives it */
function offsetSeconds(style: string): number {
  if (style.length <= 2) return 0;
  const seconds = Number(style.slice(2, 4)) * 3_600 + Number(style.slice(5, 7)) * 60;
  return style.charAt(1) === '-' ? -seconds : seconds;
}

function fractionOf(text: string, digits: number): number {
  return Number(text.slice(secondsEnd + 1, secondsEnd + 1 + digits));
}

/** Digits beyond milliseconds are cut, as the domain's parser does. */
function millisecondsOf(fraction: number, digits: number): number {
  return digits <= 3 ? fraction * 10 ** (3 - digits) : Math.floor(fraction / 10 ** (digits - 3));
}

const daySeconds = 86_400;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** Days repeat, so each is looked up in the calendar once. */
function timeFormatter(): (wallSeconds: number, fraction: string, style: string) => string {
  let midnight = NaN;
  let date = '';
  return (wallSeconds, fraction, style) => {
    const seconds = ((wallSeconds % daySeconds) + daySeconds) % daySeconds;
    if (wallSeconds - seconds !== midnight) {
      midnight = wallSeconds - seconds;
      date = new Date(midnight * 1_000).toISOString().slice(0, 10);
    }
    const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
    const time = `${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[seconds % 60]}`;
    return `${date}${style.charAt(0)}${time}${fraction}${style.slice(1)}`;
  };
}
