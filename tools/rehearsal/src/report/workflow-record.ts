import type { WorkflowRun } from '@clarity/local-github/client';

/** A run of a workflow, as the report shows it. */
export interface WorkflowRecord {
  readonly file: string;
  /** What happened at GitHub, in words. */
  readonly what: string;
  readonly event: string;
  readonly conclusion: string;
  readonly expected: string;
  readonly seconds: number;
  readonly jobs: readonly JobRecord[];
}

export interface JobRecord {
  readonly name: string;
  readonly conclusion: string;
  readonly environment?: string;
  readonly steps: readonly StepRecord[];
}

export interface StepRecord {
  readonly name: string;
  readonly conclusion: string;
  readonly seconds: number;
}

/** @param expected the conclusion that the run should have */
export function recordOf(run: WorkflowRun, what: string, expected: string): WorkflowRecord {
  const { file, event, conclusion, startedAt, finishedAt, jobs } = run;
  return {
    file,
    what,
    event,
    conclusion,
    expected,
    seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    jobs: jobs.map((job) => ({
      name: job.name,
      conclusion: job.conclusion,
      ...(job.environment ? { environment: job.environment.name } : {}),
      steps: job.steps.map((step) => ({
        name: step.name,
        conclusion: step.conclusion,
        seconds: Math.round(step.seconds * 10) / 10,
      })),
    })),
  };
}
