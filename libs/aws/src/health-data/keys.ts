import type { AnalysisId, SampleType, UserId } from '@clarity/domain';
import type { Position } from '../sample-blocks/position';

/** Keys of the one table (docs of the data model: libs/aws/README.md). */
export const analysisPrefix = 'ANALYSIS#';

export function userKey(userId: UserId): string {
  return `USER#${userId}`;
}

export function seriesPrefix(type: SampleType): string {
  return `SAMPLES#${type}#`;
}

/** Sorts lower than every character of an id, so that a block comes before the places it covers. */
const blockMark = '!';

/** @param lower of the block, exclusive; undefined for the first one of a series */
export function blockKey(type: SampleType, lower: Position | undefined): string {
  return seriesPrefix(type) + (lower === undefined ? '' : positionText(lower) + blockMark);
}

/** Between the keys of the blocks that begin before a place and of those that begin at or after it. */
export function placeKey(type: SampleType, place: Position): string {
  return seriesPrefix(type) + positionText(place);
}

/** @returns the lower bound in a key that {@link blockKey} made */
export function lowerOfKey(type: SampleType, key: string): Position | undefined {
  const text = key.slice(seriesPrefix(type).length);
  return text === '' ? undefined : parsePosition(text.slice(0, -blockMark.length));
}

/** Milliseconds from year 1 to 1970: with them all instants are positive and sort as text. */
const sinceYearOne = 62_135_596_800_000;
const instantDigits = 15;

export function positionText({ instant, id }: Position): string {
  return `${String(instant + sinceYearOne).padStart(instantDigits, '0')}#${id}`;
}

/** @throws RangeError for text that {@link positionText} did not make */
export function parsePosition(text: string): Position {
  const instant = Number(text.slice(0, instantDigits)) - sinceYearOne;
  if (!Number.isSafeInteger(instant) || text.charAt(instantDigits) !== '#')
    throw new RangeError('A stored block has bounds that cannot be read.');
  return { instant, id: text.slice(instantDigits + 1) };
}

/** @param date YYYY-MM-DD, UTC; undefined for all days */
export function dayPrefix(type: SampleType, date?: string): string {
  return `DAY#${type}#${date === undefined ? '' : `${date}#`}`;
}

export function analysisKey(id: AnalysisId): string {
  return analysisPrefix + id;
}

/** Sorts after every key that begins with `prefix`. */
export function endOf(prefix: string): string {
  return `${prefix}~`;
}
