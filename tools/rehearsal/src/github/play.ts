import type { Story } from '../story/step';
import type { EmbeddedGitHub, GitHubEvent, WorkflowRun } from './embedded-github';
import { recordOf, type WorkflowRecord } from './workflow-record';

export interface Play {
  /** What happens at GitHub. */
  readonly what: string;
  /** The one workflow that it starts. */
  readonly file: string;
  readonly event: GitHubEvent;
  readonly expected: 'success' | 'failure';
  /** Conclusion of each job that the play is about, by name. */
  readonly jobs: Readonly<Record<string, string>>;
}

/**
 * Lets something happen at GitHub, and holds the workflow that it starts to what it should come to.
 * @param onRun told of the run, whatever became of it
 * @throws Error where another workflow ran, or one or its jobs ended otherwise
 */
export async function playOne(
  github: EmbeddedGitHub,
  { what, file, event, expected, jobs }: Play,
  note: (text: string) => void,
  onRun: (record: WorkflowRecord) => void,
): Promise<WorkflowRun> {
  const runs = await github.fire(event, note);
  for (const run of runs) onRun(recordOf(run, what, expected));
  const [run] = runs;
  if (!run || runs.length > 1 || run.file !== file)
    throw new Error(`Started ${runs.map((each) => each.file).join(', ') || 'no workflow'}.`);
  if (run.conclusion !== expected)
    throw new Error(`${file} ended as ${run.conclusion}.\n${whyOf(run)}`);
  for (const [name, conclusion] of Object.entries(jobs)) {
    const job = run.jobs.find((each) => each.name === name);
    if (job?.conclusion !== conclusion)
      throw new Error(`The job "${name}" of ${file} ended as ${job?.conclusion ?? 'none'}.`);
  }
  return run;
}

function whyOf({ jobs }: WorkflowRun): string {
  const said = jobs.flatMap(({ name, annotations }) =>
    annotations.map(({ level, message }) => `${name}: ${level}: ${message}`),
  );
  return said.join('\n');
}

/** A play as a step of the story. @param check holds it to more, @returns what it showed */
export async function playStep(
  story: Story,
  github: EmbeddedGitHub,
  play: Play,
  onRun: (record: WorkflowRecord) => void,
  check: (run: WorkflowRun) => Promise<string>,
): Promise<void> {
  await story.step(
    play.what,
    async (note) => check(await playOne(github, play, note, onRun)),
    (shown) => `${play.file}: ${shown}`,
  );
}
