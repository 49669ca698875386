import type { Analysis, AnalysisOutcome } from '../analysis';
import type { AnalysisId, UserId } from '../ids';
import type { Sample, TimedSample } from '../sample';
import type { SampleType } from '../sample-types';
import type { CallOptions } from './call-options';

export interface SampleQuery {
  readonly type: SampleType;
  /** Epoch milliseconds; samples whose start is in [from, to). */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

/** Names an analysis. */
export type AnalysisName = Pick<Analysis, 'userId' | 'id'>;

/**
 * Samples and analyses. Every call names the user whose data it touches, so isolation does not depend on a
 * caller's filter; the one call that reaches across users, for upkeep, answers names and no data.
 */
export interface HealthDataRepository {
  /**
   * Stores samples. A sample of this user is the same as another if id, type and start (the instant,
   * not its text) are the same; one that is stored already is left as it was. Valid samples are never
   * refused: there is no limit to how many are in a day or at an instant.
   *
   * Repeating a call is safe, and is what a caller does after a failure: what was stored before it
   * is `duplicate` then.
   * @returns an outcome for each sample, in order
   * @throws DomainError `unavailable` if the store fails, or concurrent writers keep winning; some of
   *   the samples may be stored then
   */
  addSamples(
    userId: UserId,
    samples: readonly TimedSample[],
    options?: CallOptions,
  ): Promise<readonly ('created' | 'duplicate')[]>;

  /** Ordered by start, then id. @throws ValidationError for a cursor that is not this query's */
  findSamples(userId: UserId, query: SampleQuery, options?: CallOptions): Promise<Page<Sample>>;

  /**
   * Repeating the identical creation succeeds: a retry after a lost answer is not a conflict.
   * @throws DomainError `conflict` when the id exists with other content
   */
  createAnalysis(analysis: Analysis, options?: CallOptions): Promise<void>;

  findAnalysis(
    userId: UserId,
    id: AnalysisId,
    options?: CallOptions,
  ): Promise<Analysis | undefined>;

  /** Newest first. @throws ValidationError for a cursor that is not one of these lists' */
  listAnalyses(
    userId: UserId,
    page: { limit: number; after?: string },
    options?: CallOptions,
  ): Promise<Page<Analysis>>;

  /**
   * Analyses of all users that are queued since before an instant (RFC 3339 UTC), the oldest first. May lag
   * behind what has just been written.
   * @param limit how many at most
   */
  findQueued(
    before: string,
    limit: number,
    options?: CallOptions,
  ): Promise<readonly AnalysisName[]>;

  /**
   * Ends an analysis exactly once.
   * @returns `recorded`, or `already-ended` with nothing changed
   * @throws DomainError `not-found`
   */
  endAnalysis(
    userId: UserId,
    id: AnalysisId,
    outcome: AnalysisOutcome,
    options?: CallOptions,
  ): Promise<'recorded' | 'already-ended'>;
}
