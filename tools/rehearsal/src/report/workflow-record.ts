import type { WorkflowRun } from '@clarity/local-github/client';

/** A run of a workflow, as the report shows it. */
export interface WorkflowRecord {
  readonly file: string;
  /** What happened at GitHub, in the story's words. */
  readonly what: string;
  readonly event: string;
  readonly conclusion: string;
  readonly expected: string;
  readonly seconds: number;
  readonly jobs: readonly {
    readonly name: string;
    readonly conclusion: string;
    readonly environment?: string;
  }[];
}

export function recordOf(run: WorkflowRun, what: string, expected: string): WorkflowRecord {
  const { file, event, conclusion, startedAt, finishedAt, jobs } = run;
  return {
    file,
    what,
    event,
    conclusion,
    expected,
    seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    jobs: jobs.map(({ name, conclusion: end, environment }) => ({
      name,
      conclusion: end,
      ...(environment ? { environment: environment.name } : {}),
    })),
  };
}
