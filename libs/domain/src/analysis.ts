import type { AnalysisId, UserId } from './ids';

export const minutesPerWeek = 10_080;

/** Where an immutable object lies, and what its bytes must hash to. */
export interface ObjectRef {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
}

/**
 * How a device's counts map onto the units of the published sleep algorithms. There is no default:
 * devices differ by orders of magnitude, and a guess would look like a result.
 */
export interface CountScaling {
  /** Counts a minute are divided by this before Cole-Kripke's weights apply. */
  readonly coleKripkeDivisor: number;
  /** Counts a minute are capped at this before Sadeh's formula applies. */
  readonly sadehCap: number;
}

export type AnalysisStatus = 'queued' | 'completed' | 'failed' | 'cancelled';

/** Why an analysis ended without a result. `code` is stable, `detail` is for people. */
export interface AnalysisFailure {
  readonly code: 'invalid-input' | 'input-missing' | 'model-error' | 'not-queued';
  readonly detail: string;
}

/** One week of one person, asked to be analysed. Times are RFC 3339 UTC. */
export interface Analysis {
  readonly id: AnalysisId;
  readonly userId: UserId;
  /** First local day, YYYY-MM-DD. Minute 0 is its midnight in `timeZone`. */
  readonly from: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly status: AnalysisStatus;
  readonly input: ObjectRef;
  readonly model: string;
  readonly requestedAt: string;
  readonly endedAt?: string;
  readonly result?: ObjectRef;
  readonly failure?: AnalysisFailure;
}

/** How an analysis ends; recorded once, whoever comes second learns that it was too late. */
export type AnalysisOutcome =
  | { readonly status: 'completed'; readonly endedAt: string; readonly result: ObjectRef }
  | { readonly status: 'failed'; readonly endedAt: string; readonly failure: AnalysisFailure }
  | { readonly status: 'cancelled'; readonly endedAt: string };

export function hasEnded(analysis: Analysis): boolean {
  return analysis.status !== 'queued';
}
