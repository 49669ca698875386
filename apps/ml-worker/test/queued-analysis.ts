import { encodeCounts, type Analysis, type AnalysisInput } from '@clarity/domain';
import {
  inMemoryCloud,
  inMemoryInferenceProvider,
  type InMemoryCloud,
} from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import type { JobHandling } from '../src/jobs/handle-job';
import { countedWeeks } from './golden';
import { queueAnalysis } from './queue-analysis';

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
    deadlineMs: 60_000,
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

/** Asks for an analysis, of {@link week} unless `document` makes another input. */
export const askFor = (
  cloud: Parameters<typeof queueAnalysis>[0],
  document: Parameters<typeof queueAnalysis>[1] = inputOf,
) => queueAnalysis(cloud, document);

/**
 * As {@link askFor}, several at a time.
 * @param messages how many messages the nth analysis gets
 */
export async function askForMany(
  cloud: Parameters<typeof queueAnalysis>[0],
  count: number,
  messages: (n: number) => number = () => 1,
): Promise<readonly Analysis[]> {
  const asked: Analysis[] = [];
  let left = count;
  const client = async () => {
    while (left-- > 0) {
      const copies = messages(left);
      const { analysis, message } = await askFor(cloud);
      asked.push(analysis);
      for (let copy = 1; copy < copies; copy++) await cloud.events.publish(message);
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  return asked;
}

/** The next delivery; fails if there is none. */
export async function delivery(cloud: InMemoryCloud) {
  const [job] = await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 });
  if (job === undefined) throw new Error('No job is visible.');
  return job;
}
