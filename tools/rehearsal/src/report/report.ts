import type { AnalysisResult } from '@clarity/domain';
import type { Timeline } from '../programs/embedded-aws';
import type { WorkflowRecord } from './workflow-record';
import type { ReleaseRecord } from '../scenarios/broken-releases';
import type { TrafficCounts } from '../clients/traffic';
import type { StepRecord } from '../progress/step';

/** What the steps find out for the report. */
export interface Findings {
  resources: {
    /** Managed resources in each stack's state. */
    readonly applied: Readonly<Record<string, number>>;
    /** What the embedded AWS cannot apply; planned all the same. */
    readonly planOnly: readonly string[];
  };
  /** Changes that a second plan sees, by stack. */
  secondPlan: Readonly<Record<string, number>>;
  analysis?: {
    readonly result: AnalysisResult;
    /** Paths whose value is not the golden one. */
    readonly differences: readonly string[];
  };
  /** Requests of a steady load over all releases but the first deploy. */
  traffic?: TrafficCounts;
  releases: ReleaseRecord[];
  /** Every run of a workflow, in the order of their ends. */
  workflows: WorkflowRecord[];
  /** For the page only. */
  actogram?: string;
  timeline?: Timeline;
  /** Markdown that the pull request shows. */
  planComment?: string | undefined;
}

/** What dist/rehearsal/report.json holds. */
export interface RehearsalReport extends Omit<Findings, 'actogram' | 'timeline' | 'planComment'> {
  readonly ok: boolean;
  readonly startedAt: string;
  readonly seconds: number;
  readonly steps: readonly StepRecord[];
  readonly failure?: { readonly step: string; readonly message: string; readonly logs: string };
}
