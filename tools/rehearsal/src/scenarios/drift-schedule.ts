import type { GitHubClient } from '../clients/github-client';
import { changeByHand, type HandChange } from '../clients/hand-change';
import { playOne, type Play } from './workflow-run';
import type { WorkflowStory } from './current-release';

/** Two nights: after somebody changed a queue by hand, and after it was put right. */
export async function tellNights(options: WorkflowStory): Promise<void> {
  const { story, github, repository, endpoint } = options;
  const sha = await repository.main();
  const night = (what: string): Play => ({
    what,
    file: 'drift.yml',
    expected: 'success',
    event: { kind: 'schedule', file: 'drift.yml', sha },
    jobs: { 'drift (local)': 'success' },
  });
  let change: HandChange | undefined;
  await story.step(
    'a night after somebody changed a queue by hand',
    async (note) => {
      change = await changeByHand(endpoint);
      await playOne(options, night('a night with drift'), note);
      const [issue, ...more] = await openIssues(github);
      if (!issue?.body.includes(change.attribute) || more.length > 0)
        throw new Error(`Open issues: ${JSON.stringify([issue, ...more])}`);
      return issue;
    },
    ({ number, title }) => `drift.yml: issue ${number}, "${title}"`,
  );
  await story.step(
    'a night after it was put right',
    async (note) => {
      await change?.undo();
      await playOne(options, night('a night without drift'), note);
      const left = await openIssues(github);
      if (left.length > 0) throw new Error(`Still open: ${left.map(({ title }) => title).join()}`);
    },
    () => 'drift.yml: the issue is closed',
  );
}

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly pull_request?: unknown;
}

/** GitHub lists pull requests among its issues. */
const openIssues = async (github: GitHubClient) =>
  (await github.ask<readonly Issue[]>('/issues?state=open')).filter(
    (issue) => issue.pull_request === undefined,
  );
