import { ulid } from 'ulid';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The subject of a verified access token: opaque, never a mail address. */
export type UserId = Branded<'UserId'>;
/** ULID: sorts by the time it was made. */
export type AnalysisId = Branded<'AnalysisId'>;

const userIdPattern = /^[A-Za-z0-9_-]{1,128}$/;
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** @returns undefined if `text` could not be part of a key (`#` would reach into other partitions). */
export function parseUserId(text: string): UserId | undefined {
  return userIdPattern.test(text) ? (text as UserId) : undefined;
}

export function parseAnalysisId(text: string): AnalysisId | undefined {
  return ulidPattern.test(text) ? (text as AnalysisId) : undefined;
}

/** @param now epoch milliseconds, the time part of the id */
export function newAnalysisId(now: number): AnalysisId {
  return ulid(now) as AnalysisId;
}
