import type { AnalysisId, SampleType, UserId } from '@clarity/domain';

/** Keys of the one table (docs of the data model: libs/aws/README.md). */
export const analysisPrefix = 'ANALYSIS#';
const blockDigits = 4;

export function userKey(userId: UserId): string {
  return `USER#${userId}`;
}

/** @param date YYYY-MM-DD, UTC */
export function dayPrefix(type: SampleType, date: string): string {
  return `DAY#${type}#${date}#`;
}

export function blockKey(type: SampleType, date: string, block: number): string {
  return dayPrefix(type, date) + String(block).padStart(blockDigits, '0');
}

export function parseBlockKey(key: string): { date: string; block: number } {
  const [, , date = '', block = ''] = key.split('#');
  return { date, block: Number(block) };
}

export function analysisKey(id: AnalysisId): string {
  return analysisPrefix + id;
}

/** Sorts behind every key that begins with `prefix`. */
export function endOf(prefix: string): string {
  return `${prefix}~`;
}
