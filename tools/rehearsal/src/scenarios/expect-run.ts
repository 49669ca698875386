import type { GitHubEvent, WorkflowRun } from '@clarity/local-github/client';
import { stripVTControlCharacters } from 'node:util';
import { recordOf } from '../report/workflow-record';
import type { Context } from './scenario';
import { startGitHub } from './start-github';

/** What an event at GitHub has to lead to. */
export interface ExpectedRun {
  /** What happens at GitHub, in words. */
  readonly what: string;
  /** The one workflow that it starts. */
  readonly file: string;
  readonly event: GitHubEvent;
  readonly conclusion: 'success' | 'failure';
  /** Conclusions of jobs, by name; others are not checked. */
  readonly jobs: Readonly<Record<string, string>>;
}

/**
 * Fires an event and checks the run of the workflow that it starts. The run is among the findings
 * however it ended.
 * @throws Error if another workflow ran, or the run or one of its jobs ended otherwise
 */
export async function expectRun(
  { findings, log, note, resultOf }: Context,
  { what, file, event, conclusion, jobs }: ExpectedRun,
): Promise<WorkflowRun> {
  const { github } = resultOf(startGitHub);
  const runs = await github.fire(event, {
    log,
    onLine: ({ job, line }) => note(`${job}: ${stripVTControlCharacters(line).trim()}`),
  });
  findings.workflows.push(...runs.map((run) => recordOf(run, what, { conclusion, jobs })));
  const [run] = runs;
  if (!run || runs.length > 1 || run.file !== file)
    throw new Error(`Started ${runs.map((each) => each.file).join(', ') || 'no workflow'}.`);
  if (run.conclusion !== conclusion)
    throw new Error(`${file} ended as ${run.conclusion}.\n${failuresOf(run)}`);
  for (const [name, expected] of Object.entries(jobs)) {
    const ended = run.jobs.find((each) => each.name === name)?.conclusion ?? 'none';
    if (ended !== expected)
      throw new Error(`The job "${name}" of ${file} ended as ${ended}.\n${failuresOf(run)}`);
  }
  return run;
}

/** A run that goes on. */
export interface OngoingRun {
  /** Rejects if it does not end as it should. */
  readonly run: Promise<WorkflowRun>;
}

/**
 * Fires an event as `expectRun` does, but returns when a job of the workflow prints something, so that what comes next
 * can be checked meanwhile.
 * @throws Error if the run ends before, and not as it should
 */
export async function beginRun(
  context: Context,
  job: string,
  expected: ExpectedRun,
): Promise<OngoingRun> {
  let notice = () => {};
  const begun = new Promise<void>((resolve) => (notice = resolve));
  const note = (text: string) => {
    context.note(text);
    if (text.startsWith(`${job}: `)) notice();
  };
  const run = expectRun({ ...context, note }, expected);
  await Promise.race([begun, run]);
  return { run };
}

/** One line per failed step and per annotation. */
function failuresOf({ jobs }: WorkflowRun): string {
  const lines = jobs.flatMap(({ name, steps, annotations }) => [
    ...steps
      .filter(({ conclusion }) => conclusion === 'failure')
      .map((step) => `${name}: the step "${step.name}" failed`),
    ...annotations.map(({ level, message }) => `${name}: ${level}: ${message}`),
  ]);
  return lines.join('\n');
}
