import {
  DomainError,
  encodeCounts,
  newAnalysisId,
  type Analysis,
  type AnalysisInput,
  type CallOptions,
  type CloudProvider,
  type CountScaling,
  type UserId,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { minuteSeries } from '@clarity/actigraphy';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../dependencies';
import { cleanUpOptions } from '../../http/deadline';
import { Problem } from '../../problems/problem';
import type { ModelCatalogue } from '../models/model-catalogue';
import { endedWeek, readInBed, readMovement } from './week';

export interface AnalysisRequest {
  readonly userId: UserId;
  /** YYYY-MM-DD */
  readonly from: string;
  readonly timeZone: string;
  readonly countScaling?: CountScaling;
}

interface Context {
  readonly cloud: CloudProvider;
  readonly models: ModelCatalogue;
  readonly clock: Clock;
  readonly log: FastifyBaseLogger;
  /** Of every call but those that clean up after a failure. */
  readonly options: CallOptions;
}

/**
 * Takes a user's week out of the samples, stores it as the worker's input and queues the analysis.
 * Nothing is written before the week is known to hold data.
 * @throws Problem `week-not-over`, `no-data`, `unavailable` (there is no model); DomainError `unavailable`
 */
export async function requestAnalysis(
  request: AnalysisRequest,
  { cloud, models, clock, log, options }: Context,
): Promise<Analysis> {
  const { userId, from, timeZone } = request;
  const now = clock();
  const week = endedWeek(from, timeZone, now);
  const manifest = await models.served();
  if (manifest === undefined)
    throw new Problem('unavailable', 'There is no model to analyse with yet.', {
      headers: { 'retry-after': '60' },
    });
  const movement = await readMovement(cloud.healthData, userId, week, options);
  const counts = minuteSeries(movement, week.startMs);
  if (counts.every(Number.isNaN))
    throw new Problem('no-data', `There are no activity_count samples in the week from ${from}.`);

  const id = newAnalysisId(now);
  const document: AnalysisInput = {
    schema: 1,
    analysisId: id,
    from,
    timeZone,
    counts: encodeCounts(counts),
    inBed: await readInBed(cloud.healthData, userId, week, options),
    ...(request.countScaling === undefined ? {} : { countScaling: request.countScaling }),
  };
  const bytes = Buffer.from(JSON.stringify(document));
  const key = `analyses/${id}/input.json`;
  const analysis: Analysis = {
    id,
    userId,
    from,
    timeZone,
    status: 'queued',
    input: { bucket: cloud.objects.bucket, key, sha256: sha256Of(bytes) },
    model: manifest.name,
    requestedAt: new Date(now).toISOString(),
  };
  await queue(analysis, bytes, { cloud, clock, log, options });
  return analysis;
}

/** Records the analysis before anything else is written, so that all data of a user is found by its records. */
async function queue(
  analysis: Analysis,
  document: Uint8Array,
  { cloud, clock, log, options }: Omit<Context, 'models'>,
): Promise<void> {
  const { id: analysisId, userId, input, model, requestedAt } = analysis;
  try {
    await cloud.healthData.createAnalysis(analysis, options);
    const asJson = { contentType: 'application/json', ifAbsent: true } as const;
    await cloud.objects.put(input.key, document, { ...asJson, ...options });
    const event = { schema: 1, type: 'analysis.requested', analysisId } as const;
    await cloud.events.publish({ ...event, userId, input, model, requestedAt }, options);
  } catch (error) {
    // What failed may have taken effect, and the client may be gone.
    if (await endAsNotQueued(analysis, cloud, clock, log))
      await cloud.objects.delete(input.key, cleanUpOptions()).catch(() => undefined);
    throw error;
  }
}

/** @returns whether no worker will process the analysis: it is not there, or has ended with this */
async function endAsNotQueued(
  { id, userId }: Analysis,
  { healthData }: CloudProvider,
  clock: Clock,
  log: FastifyBaseLogger,
): Promise<boolean> {
  try {
    const endedAt = new Date(clock()).toISOString();
    const detail = 'It could not be queued. Ask for a new analysis.';
    const failure = { code: 'not-queued', detail } as const;
    const outcome = { status: 'failed', endedAt, failure } as const;
    return (await healthData.endAnalysis(userId, id, outcome, cleanUpOptions())) === 'recorded';
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not-found') return true;
    log.error({ analysisId: id, err: error }, 'orphaned queued analysis');
    return false;
  }
}
