import { sha256Schema } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import type { AnalysisId, UserId } from './ids';

export const minutesPerWeek = 10_080;

/** Where an immutable object is, and what its bytes must hash to. */
export const objectRefSchema = Type.Object(
  {
    bucket: Type.String({ minLength: 1 }),
    key: Type.String({ minLength: 1 }),
    sha256: sha256Schema,
  },
  { additionalProperties: false },
);
export type ObjectRef = Readonly<Static<typeof objectRefSchema>>;

/**
 * How a device's counts map onto the units of the published sleep algorithms. There is no default:
 * devices differ by orders of magnitude, and a guess would look like a result.
 */
export const countScalingSchema = Type.Object(
  {
    /** Counts per minute are divided by this before Cole-Kripke's weights apply. */
    coleKripkeDivisor: Type.Number({ exclusiveMinimum: 0 }),
    /** Counts per minute are capped at this before Sadeh's formula applies. */
    sadehCap: Type.Number({ exclusiveMinimum: 0 }),
  },
  { additionalProperties: false },
);
export type CountScaling = Readonly<Static<typeof countScalingSchema>>;

export const analysisStatusSchema = Type.Enum(['queued', 'completed', 'failed', 'cancelled'], {
  type: 'string',
});
export type AnalysisStatus = Static<typeof analysisStatusSchema>;

const failureCodes = [
  'invalid-input',
  'input-missing',
  'model-error',
  'not-queued',
  'not-processed',
] as const;

/**
 * Why an analysis ended without a result. `code` is stable, `detail` is for people. Any code is read: after a rollback
 * an earlier release meets those of a later one.
 */
export const analysisFailureSchema = Type.Object({
  code: Type.Unsafe<(typeof failureCodes)[number]>(Type.String({ examples: [...failureCodes] })),
  detail: Type.String(),
});
export type AnalysisFailure = Readonly<Static<typeof analysisFailureSchema>>;

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

/** How an analysis ends; recorded once; a second end is refused. */
export type AnalysisOutcome =
  | { readonly status: 'completed'; readonly endedAt: string; readonly result: ObjectRef }
  | { readonly status: 'failed'; readonly endedAt: string; readonly failure: AnalysisFailure }
  | { readonly status: 'cancelled'; readonly endedAt: string };

export function hasEnded(analysis: Analysis): boolean {
  return analysis.status !== 'queued';
}
