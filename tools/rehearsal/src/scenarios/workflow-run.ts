import type { GitHubEvent, WorkflowRun } from '../clients/github-client';
import { recordOf } from '../report/workflow-record';
import type { WorkflowStory } from './current-release';

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
 * Lets something happen at GitHub, and holds the workflow that it starts to what it should come to. The
 * run is among the findings, whatever became of it.
 * @throws Error where another workflow ran, or one or its jobs ended otherwise
 */
export async function playOne(
  { github, findings }: WorkflowStory,
  { what, file, event, expected, jobs }: Play,
  note: (text: string) => void,
): Promise<WorkflowRun> {
  const runs = await github.fire(event, note);
  findings.workflows.push(...runs.map((run) => recordOf(run, what, expected)));
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

/**
 * A play as a step of the story.
 * @param check holds its run to more, and says what it showed
 */
export async function playStep(
  options: WorkflowStory,
  play: Play,
  check: (run: WorkflowRun) => Promise<string>,
): Promise<void> {
  await options.story.step(
    play.what,
    async (note) => check(await playOne(options, play, note)),
    (shown) => `${play.file}: ${shown}`,
  );
}
