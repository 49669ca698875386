import { DomainError, parseInstant } from '@clarity/domain';
import type { ByteReader } from './byte-reader';
import type { ByteWriter } from './byte-writer';
import { readTexts, writeTexts } from './text-column';

interface Time {
  /** Seconds since 1970 of the wall clock that was written, as if it were UTC. */
  readonly wallSeconds: number;
  readonly fraction: string;
  /** Separator and offset as written, e.g. "T+02:00". */
  readonly style: string;
}

/**
 * A column of RFC 3339 times that come back to the letter. Each is a difference in seconds to
 * `near`: starts to the start before, ends to their own start, so that regular series shrink to
 * almost nothing.
 */
export function writeTimes(
  out: ByteWriter,
  texts: readonly string[],
  near: (index: number, wallSeconds: readonly number[]) => number,
): readonly number[] {
  const times = texts.map(timeParser());
  const wallSeconds = times.map((time) => time.wallSeconds);
  writeTexts(
    out,
    times.map(({ style }) => style),
  );
  for (const { fraction } of times) out.byte(fraction.length);
  for (const { fraction } of times) if (fraction !== '') out.varint(Number(fraction));
  wallSeconds.forEach((seconds, n) => out.signed(seconds - near(n, wallSeconds)));
  return wallSeconds;
}

export function readTimes(
  input: ByteReader,
  count: number,
  near: (index: number, wallSeconds: readonly number[]) => number,
): { readonly texts: readonly string[]; readonly wallSeconds: readonly number[] } {
  const styles = readTexts(input, count);
  const digits = Array.from({ length: count }, () => input.byte());
  const fractions = digits.map((width) =>
    width === 0 ? '' : String(input.varint()).padStart(width, '0'),
  );
  const wallSeconds: number[] = [];
  for (let n = 0; n < count; n++) wallSeconds.push(input.signed() + near(n, wallSeconds));
  const format = timeFormatter();
  const texts = wallSeconds.map((seconds, n) =>
    format({ wallSeconds: seconds, fraction: fractions[n] ?? '', style: styles[n] ?? 'TZ' }),
  );
  return { texts, wallSeconds };
}

/** Days repeat, so each is looked up in the calendar once. */
function timeParser(): (text: string) => Time {
  const midnights = new Map<string, number>();
  return (text) => {
    if (parseInstant(text) === undefined)
      throw new DomainError('invalid-input', 'A sample has a time that is not RFC 3339.');
    const date = text.slice(0, 10);
    const midnight = midnights.get(date) ?? Date.parse(date) / 1000;
    midnights.set(date, midnight);
    const fraction = fractionOf(text);
    const offsetAt = fraction === '' ? secondsEnd : secondsEnd + 1 + fraction.length;
    return {
      wallSeconds: midnight + secondsOfDay(text),
      fraction,
      style: text.charAt(separatorAt) + text.slice(offsetAt),
    };
  };
}

const separatorAt = 10;
const secondsEnd = 19;

function fractionOf(text: string): string {
  if (text.charAt(secondsEnd) !== '.') return '';
  let end = secondsEnd + 1;
  while (text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
  return text.slice(secondsEnd + 1, end);
}

function secondsOfDay(text: string): number {
  const part = (at: number) => Number(text.slice(at, at + 2));
  return part(11) * 3600 + part(14) * 60 + part(17);
}

const daySeconds = 86_400;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

function timeFormatter(): (time: Time) => string {
  const dates = new Map<number, string>();
  return ({ wallSeconds, fraction, style }) => {
    const midnight = Math.floor(wallSeconds / daySeconds) * daySeconds;
    const date = dates.get(midnight) ?? new Date(midnight * 1000).toISOString().slice(0, 10);
    dates.set(midnight, date);
    const seconds = wallSeconds - midnight;
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const time = `${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[seconds % 60]}`;
    return `${date}${style.charAt(0)}${time}${fraction && `.${fraction}`}${style.slice(1)}`;
  };
}
