import {
  DomainError,
  readAnalysisRequest,
  type Analysis,
  type AnalysisFailure,
  type AnalysisOutcome,
  type CallOptions,
  type CloudProvider,
  type InferenceProvider,
  type Job,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { countAnalysis } from '../observed/count-outcomes';
import { judgeFailure } from '../weeks/failure-verdict';
import { weekFindings } from '../weeks/week-findings';
import { readWeekInput } from './analysis-input';
import { analysisResult } from './analysis-result';
import { judgeRequest, type JobVerdict } from './job-verdict';

/** The counts of a week take 54 KB, a hundred times in bed a few more. */
const mostInputBytes = 256 * 1024;

export interface JobContext {
  readonly cloud: Pick<CloudProvider, 'healthData' | 'objects'>;
  readonly inference: InferenceProvider;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Does one delivery of a job, up to the point at which the queue may forget it. Each step can be repeated: the
 * result is put only if there is none, and an analysis ends once, so a delivery that follows a crash
 * between any two steps finishes what was begun and changes nothing that was finished.
 * @param options for each call of a port
 * @throws the error of a port if the call may work later
 */
export async function processJob(
  job: Job,
  context: JobContext,
  options: CallOptions,
): Promise<JobVerdict> {
  const request = readAnalysisRequest(job.body);
  if (request.kind === 'newer') return { kind: 'elsewhere', reason: request.reason };
  if (request.kind === 'unreadable') return request;
  const { userId, analysisId } = request;
  const analysis = await context.cloud.healthData.findAnalysis(userId, analysisId, options);
  const verdict = judgeRequest(request.message, analysis, job.deliveries);
  // A delivery before may have been cut off between its result and the erasure of it.
  if (verdict?.kind === 'done' && verdict.status !== 'completed')
    await context.cloud.objects.erase(resultKey(analysisId), options);
  if (verdict !== undefined || analysis === undefined)
    return verdict ?? { kind: 'again', reason: 'The analysis is not there.' };

  const served = context.inference.manifest.name;
  if (analysis.model !== served)
    return {
      kind: 'elsewhere',
      reason: `Model ${analysis.model} is asked for; ${served} is served.`,
    };

  const outcome = await analyse(analysis, context, options);
  const status = await end(analysis, outcome, context.cloud, options);
  return { kind: 'done', status };
}

/**
 * Ends an analysis. If something else has ended it without a result, or it was erased in the meantime, no
 * version of the result that was just written is left.
 * @returns how it ended
 */
async function end(
  { userId, id }: Analysis,
  outcome: AnalysisOutcome,
  { healthData, objects }: JobContext['cloud'],
  options: CallOptions,
): Promise<Analysis['status'] | 'erased'> {
  const eraseResult = async () => {
    if (outcome.status === 'completed') await objects.erase(outcome.result.key, options);
  };
  try {
    if ((await healthData.endAnalysis(userId, id, outcome, options)) === 'recorded') {
      countAnalysis(outcome);
      return outcome.status;
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'not-found') throw error;
    await eraseResult();
    return 'erased';
  }
  const status = (await healthData.findAnalysis(userId, id, options))?.status ?? 'erased';
  if (status !== 'completed') await eraseResult();
  return status;
}

const resultKey = (id: string) => `analyses/${id}/result.json`;

/** @returns how the analysis ends. @throws what may work on the next delivery */
async function analyse(
  analysis: Analysis,
  { cloud: { objects }, inference, now }: JobContext,
  options: CallOptions,
): Promise<AnalysisOutcome> {
  const failed = (failure: AnalysisFailure): AnalysisOutcome => ({
    status: 'failed',
    endedAt: new Date(now()).toISOString(),
    failure,
  });
  let document: Uint8Array;
  try {
    const stored = await objects.get(analysis.input.key, { ...options, mostBytes: mostInputBytes });
    if (stored === undefined)
      return failed({ code: 'input-missing', detail: 'The stored input is gone.' });
    const input = readWeekInput(stored.bytes, analysis);
    const result = analysisResult(analysis, await weekFindings(input, inference));
    document = Buffer.from(JSON.stringify(result));
  } catch (error) {
    const failure = judgeFailure(error);
    if (failure === undefined) throw error;
    return failed(failure);
  }
  const key = resultKey(analysis.id);
  const kept = await putOnce(objects, key, document, options);
  const sha256 = sha256Of(kept);
  return {
    status: 'completed',
    endedAt: new Date(now()).toISOString(),
    result: { bucket: objects.bucket, key, sha256 },
  };
}

/** @returns the bytes that are stored: ours, or those of the delivery that was first */
async function putOnce(
  objects: CloudProvider['objects'],
  key: string,
  bytes: Uint8Array,
  options: CallOptions,
): Promise<Uint8Array> {
  const once = { contentType: 'application/json', ifAbsent: true, ...options };
  if ((await objects.put(key, bytes, once)) === 'stored') return bytes;
  const first = await objects.get(key, options);
  if (first === undefined) throw new DomainError('unavailable', `${key} is taken but not there.`);
  return first.bytes;
}
