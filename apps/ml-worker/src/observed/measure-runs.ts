import { recordMetric } from '@clarity/telemetry';

const batchSize = { name: 'BatchSize', unit: 'Count' } as const;
const inferenceTime = { name: 'InferenceTime', unit: 'Milliseconds' } as const;
const weeksPerSecond = { name: 'WeeksPerSecond', unit: 'Count/Second' } as const;

/** Measures a run of the model on `weeks` weeks, if it succeeds. */
export async function measureRun<Answer>(
  weeks: number,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const startedAt = performance.now();
  const answer = await run();
  const ms = performance.now() - startedAt;
  recordMetric(batchSize, weeks);
  recordMetric(inferenceTime, ms);
  recordMetric(weeksPerSecond, (1_000 * weeks) / ms);
  return answer;
}
