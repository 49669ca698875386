import type { AnalysisResult } from '@clarity/domain';
import type { Segment } from '@clarity/local-cloud/client';
import type { PermissionsRecord } from '../permissions/permissions-record';
import type { TrafficCounts } from '../clients/traffic';
import type { Timeline } from './release-timeline';
import type { ReleaseRecord } from './release-record';
import type { ScenarioRecord } from './scenario-record';
import type { WorkflowRecord } from './workflow-record';

/** What the scenarios find out for the report. */
export interface Findings {
  resources: {
    /** Managed resources in each stack's state. */
    readonly applied: Readonly<Record<string, number>>;
    /** What the embedded AWS cannot apply; it is planned nevertheless. */
    readonly planOnly: readonly string[];
  };
  /** Changes in a second plan, by stack. */
  secondPlan: Readonly<Record<string, number>>;
  analysis?: {
    readonly result: AnalysisResult;
    /** Paths whose value is not the golden one. */
    readonly differences: readonly string[];
  };
  /** Requests of a steady load over all releases but the first deploy. */
  traffic?: TrafficCounts;
  permissions?: PermissionsRecord;
  releases: ReleaseRecord[];
  /** Every run of a workflow, in the order of their ends. */
  workflows: WorkflowRecord[];
  /** For the page only: of the analysis, by the time of their start. */
  trace?: readonly Segment[];
  /** For the page only: SVG that the API drew. */
  actogram?: string;
  /** For the page only. */
  timeline?: Timeline;
  /** For the page only: Markdown that the pull request shows. */
  planComment?: string;
}

/** What dist/rehearsal/report.json holds. */
export interface RehearsalReport extends Omit<
  Findings,
  'trace' | 'actogram' | 'timeline' | 'planComment'
> {
  readonly ok: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly scenarios: readonly ScenarioRecord[];
  readonly failure?: {
    /** Absent if the rehearsal was interrupted. */
    readonly scenario?: string;
    readonly message: string;
    /** Relative to the report. */
    readonly log?: string;
  };
}

interface Rehearsed {
  readonly records: readonly ScenarioRecord[];
  readonly findings: Findings;
  readonly failure?: unknown;
}

export function reportOf(
  { records, findings, failure }: Rehearsed,
  startedAt: Date,
  endedAt: Date,
): RehearsalReport {
  const { resources, secondPlan, analysis, traffic, permissions, releases, workflows } = findings;
  return {
    ok: failure === undefined,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((endedAt.getTime() - startedAt.getTime()) / 100) / 10,
    scenarios: records,
    resources,
    secondPlan,
    ...(analysis && { analysis }),
    ...(traffic && { traffic }),
    ...(permissions && { permissions }),
    releases,
    workflows,
    ...(failure === undefined ? {} : { failure: explain(failure, records) }),
  };
}

function explain(
  failure: unknown,
  records: readonly ScenarioRecord[],
): NonNullable<RehearsalReport['failure']> {
  const failed = records.find(({ verdict }) => verdict === 'failed');
  const message = failure instanceof Error ? failure.message : String(failure);
  if (!failed) return { message };
  const { name, log } = failed;
  return { scenario: name, message, ...(log === undefined ? {} : { log }) };
}
