const code = (text: string) => text.charCodeAt(0);
const [zero, dash, colon, dot, plus] = [code('0'), code('-'), code(':'), code('.'), code('+')];
const [upperT, lowerT, blank, upperZ, lowerZ] = [
  code('T'),
  code('t'),
  code(' '),
  code('Z'),
  code('z'),
];
const dayMs = 86_400_000;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads RFC 3339 by position: a batch holds 20,000 times, and a pattern with Date.parse takes five
 * times as long.
 * @returns epoch milliseconds (fractions beyond them are cut), or undefined if `text` is not a
 *   RFC 3339 time with offset, or names a day that the calendar does not have
 */
export function parseInstant(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length < 20 || text.length > 35) return undefined;
  const separator = text.charCodeAt(10);
  if (
    text.charCodeAt(4) !== dash ||
    text.charCodeAt(7) !== dash ||
    (separator !== upperT && separator !== lowerT && separator !== blank) ||
    text.charCodeAt(13) !== colon ||
    text.charCodeAt(16) !== colon
  )
    return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // Written so that NaN, from what is not a digit, fails them all.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(month, year)))
    return undefined;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;

  let at = 19;
  let milliseconds = 0;
  if (text.charCodeAt(at) === dot) {
    const first = ++at;
    for (let scale = 100; at < text.length; at++, scale /= 10) {
      const digit = text.charCodeAt(at) - zero;
      if (!(digit >= 0 && digit <= 9)) break;
      if (scale >= 1) milliseconds += digit * scale;
    }
    if (at === first || at - first > 9) return undefined;
  }
  const offset = offsetMinutes(text, at);
  if (offset === undefined) return undefined;
  return (
    dayNumber(year, month, day) * dayMs +
    ((hour * 60 + minute - offset) * 60 + second) * 1_000 +
    milliseconds
  );
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function offsetMinutes(text: string, at: number): number | undefined {
  const sign = text.charCodeAt(at);
  if (sign === upperZ || sign === lowerZ) return text.length === at + 1 ? 0 : undefined;
  if ((sign !== plus && sign !== dash) || text.length !== at + 6) return undefined;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (text.charCodeAt(at + 3) !== colon || !(hours <= 23 && minutes <= 59)) return undefined;
  return (sign === dash ? -1 : 1) * (hours * 60 + minutes);
}

function lengthOf(month: number, year: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (daysOfMonth[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** Days since 1970-01-01; Hinnant, "days_from_civil", for years from 0 on. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
