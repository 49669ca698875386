import type { AnalysisOutcome } from '@clarity/domain';
import { recordMetric } from '@clarity/telemetry';

const analyses = { name: 'EndedAnalyses', unit: 'Count' } as const;
const jobs = { name: 'HandledJobs', unit: 'Count' } as const;

/** Counts an analysis by how it ended: `completed`, or the code of its failure. */
export function countAnalysis(outcome: AnalysisOutcome): void {
  const Outcome = outcome.status === 'failed' ? outcome.failure.code : outcome.status;
  recordMetric(analyses, 1, { Outcome });
}

/** Counts a delivery by what became of it. */
export function countJob({ kind }: { readonly kind: string }): void {
  recordMetric(jobs, 1, { Verdict: kind });
}
