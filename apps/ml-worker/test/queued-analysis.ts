import {
  encodeCounts,
  type Analysis,
  type AnalysisInput,
  type AnalysisRequested,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import {
  anAnalysis,
  inMemoryCloud,
  inMemoryInferenceProvider,
  type InMemoryCloud,
} from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import type { JobHandling } from '../src/jobs/handle-job';
import { countedWeeks } from './golden';

export const week = countedWeeks()[0] ?? new Float32Array();

/** A worker's surroundings in memory, and what it logged. */
export function workplace(cloud: InMemoryCloud = inMemoryCloud()) {
  const lines: string[] = [];
  const inference = inMemoryInferenceProvider();
  const handling: JobHandling = {
    cloud,
    inference,
    now: () => Date.UTC(2026, 2, 9, 8),
    visibilitySeconds: 120,
    log: createLogger('ml-worker', 'info', { write: (line: string) => void lines.push(line) }),
  };
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { cloud, inference, handling, logged };
}

/** The input document of an analysis, as the API writes it. */
export function inputOf(analysis: Analysis, changes: Partial<AnalysisInput> = {}): AnalysisInput {
  return {
    schema: 1,
    analysisId: analysis.id,
    from: analysis.from,
    timeZone: analysis.timeZone,
    counts: encodeCounts(week),
    inBed: [{ start: 1380, end: 1860 }],
    countScaling: { coleKripkeDivisor: 30, sadehCap: 300 },
    ...changes,
  };
}

/** Asks for an analysis as the API does: input stored, analysis created, event published. */
export async function askFor(
  cloud: InMemoryCloud,
  document: (analysis: Analysis) => object | string = inputOf,
): Promise<{ analysis: Analysis; message: AnalysisRequested }> {
  const blank = anAnalysis({ model: 'in-memory' });
  const content = document(blank);
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const input = {
    bucket: cloud.objects.bucket,
    key: `analyses/${blank.id}/input.json`,
    sha256: sha256Of(bytes),
  };
  const analysis = { ...blank, input };
  const message: AnalysisRequested = {
    schema: 1,
    type: 'analysis.requested',
    analysisId: analysis.id,
    userId: analysis.userId,
    input,
    model: analysis.model,
    requestedAt: analysis.requestedAt,
  };
  await cloud.objects.put(input.key, bytes, { contentType: 'application/json' });
  await cloud.healthData.createAnalysis(analysis);
  await cloud.events.publish(message);
  return { analysis, message };
}

/** The next delivery; fails if there is none. */
export async function delivery(cloud: InMemoryCloud) {
  const [job] = await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 });
  if (job === undefined) throw new Error('No job is visible.');
  return job;
}
