import {
  parseAnalysisId,
  type Analysis,
  type CallOptions,
  type HealthDataRepository,
  type ObjectRef,
  type ObjectStore,
  type UserId,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { Problem } from '../../problems/problem';

/** Seconds; an analysis takes a few of them once a worker has it. */
export const retryAfter = '3';

/** @throws Problem `not-found`, for another user's analysis as for one that never was */
export async function ownAnalysis(
  healthData: HealthDataRepository,
  userId: UserId,
  idText: string,
  options: CallOptions,
): Promise<Analysis> {
  const id = parseAnalysisId(idText);
  const analysis =
    id === undefined ? undefined : await healthData.findAnalysis(userId, id, options);
  if (analysis === undefined) throw new Problem('not-found', 'You have no analysis with this id.');
  return analysis;
}

/** @throws Problem `not-ready` while it is queued, `analysis-failed` if there will be no result */
export function resultOf(analysis: Analysis): ObjectRef {
  switch (analysis.status) {
    case 'queued':
      throw new Problem('not-ready', 'Look again after the seconds in Retry-After.', {
        headers: { 'retry-after': retryAfter },
      });
    case 'cancelled':
      throw new Problem('analysis-failed', 'The analysis was cancelled.', {
        members: { failure: { code: 'cancelled', detail: 'It was cancelled on request.' } },
      });
    case 'failed':
      throw new Problem('analysis-failed', analysis.failure?.detail ?? 'The analysis failed.', {
        members: analysis.failure === undefined ? {} : { failure: analysis.failure },
      });
    case 'completed':
      if (analysis.result === undefined) throw new Error('a completed analysis has no result');
      return analysis.result;
  }
}

/**
 * The bytes behind a reference.
 * @throws Error if they are gone or not what was recorded; that is our fault, not the client's
 */
export async function readVerified(
  objects: ObjectStore,
  ref: ObjectRef,
  options: CallOptions,
): Promise<Buffer> {
  const object = await objects.get(ref.key, options);
  if (object === undefined) throw new Error(`${ref.key} is gone from the bucket`);
  const bytes = Buffer.from(object.bytes);
  if (sha256Of(bytes) !== ref.sha256)
    throw new Error(`${ref.key} does not hash to what was recorded`);
  return bytes;
}
