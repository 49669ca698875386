import {
  encodeCounts,
  newAnalysisId,
  type Analysis,
  type AnalysisId,
  type AnalysisInput,
  type CallOptions,
  type CloudProvider,
  type CountScaling,
  type ObjectRef,
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
 * @throws Problem `week-not-over`, `no-data`, `unavailable` (no model, or it could not be queued)
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
  const input = await storeInput(cloud, id, document, options);
  const requestedAt = new Date(now).toISOString();
  const model = manifest.name;
  const analysis: Analysis = {
    id,
    userId,
    from,
    timeZone,
    status: 'queued',
    input,
    model,
    requestedAt,
  };
  try {
    await cloud.healthData.createAnalysis(analysis, options);
  } catch (error) {
    await cloud.objects.delete(input.key, cleanUpOptions()).catch(() => undefined);
    throw error;
  }
  try {
    const event = { schema: 1, type: 'analysis.requested', analysisId: id } as const;
    await cloud.events.publish({ ...event, userId, input, model, requestedAt }, options);
  } catch (cause) {
    await endAsNotQueued(analysis, cloud, clock, log);
    throw new Problem('unavailable', 'The analysis could not be queued. Ask again shortly.', {
      cause,
      headers: { 'retry-after': '5' },
    });
  }
  return analysis;
}

async function storeInput(
  { objects }: CloudProvider,
  id: AnalysisId,
  document: AnalysisInput,
  options: CallOptions,
): Promise<ObjectRef> {
  const bytes = Buffer.from(JSON.stringify(document));
  const key = `analyses/${id}/input.json`;
  await objects.put(key, bytes, { contentType: 'application/json', ifAbsent: true, ...options });
  const sha256 = sha256Of(bytes);
  return { bucket: objects.bucket, key, sha256 };
}

/** An analysis that no worker will ever hear of must not stay queued. */
async function endAsNotQueued(
  { id, userId }: Analysis,
  { healthData }: CloudProvider,
  clock: Clock,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    const endedAt = new Date(clock()).toISOString();
    const detail = 'It could not be queued. Ask for a new analysis.';
    const failure = { code: 'not-queued', detail } as const;
    const outcome = { status: 'failed', endedAt, failure } as const;
    await healthData.endAnalysis(userId, id, outcome, cleanUpOptions());
  } catch (error) {
    log.error({ analysisId: id, err: error }, 'orphaned queued analysis');
  }
}
