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
  /** Absent if it may end in any way. */
  readonly expected?: string;
  readonly environment?: string;
  readonly steps: readonly StepRecord[];
}

export interface StepRecord {
  readonly name: string;
  readonly conclusion: string;
  readonly seconds: number;
}

/** How a run and its jobs should end; of jobs that are left out, any way is right. */
export interface ExpectedEnds {
  readonly conclusion: string;
  /** By name. */
  readonly jobs: Readonly<Record<string, string>>;
}

/** @param what what happened at GitHub, in words */
export function recordOf(run: WorkflowRun, what: string, expected: ExpectedEnds): WorkflowRecord {
  const { file, event, conclusion, startedAt, finishedAt, jobs } = run;
  return {
    file,
    what,
    event,
    conclusion,
    expected: expected.conclusion,
    seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    jobs: jobs.map((job) => ({
      name: job.name,
      conclusion: job.conclusion,
      ...(expected.jobs[job.name] === undefined ? {} : { expected: expected.jobs[job.name] }),
      ...(job.environment ? { environment: job.environment.name } : {}),
      steps: job.steps.map((step) => ({
        name: step.name,
        conclusion: step.conclusion,
        seconds: Math.round(step.seconds * 10) / 10,
      })),
    })),
  };
}
