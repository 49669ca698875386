import type { Findings } from '../report/report';
import type { Story } from '../story/step';
import type { EmbeddedGitHub, WorkflowRun } from './embedded-github';
import { brokenStart, fourWorkers, strangersWords, threeWorkers, wordsOnly } from './changes';
import { changeByHand, type HandChange } from './hand-change';
import { playOne, playStep, type Play } from './play';
import type { Repository } from './repository';
import type { WorkflowRecord } from './workflow-record';

export interface WorkflowsOptions {
  readonly story: Story;
  readonly findings: Findings;
  readonly github: EmbeddedGitHub;
  readonly repository: Repository;
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** Which release is current, as `pipeline releases list` says. */
  readonly currentRelease: () => Promise<string>;
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

const branch = 'more-workers';
const onRunOf =
  ({ workflows }: Findings) =>
  (record: WorkflowRecord) =>
    void workflows.push(record);

/**
 * The three uses of the pipeline, as people meet them at GitHub: a pull request gets its plan, a push to
 * main deploys, a dispatch rolls back.
 * @param back release to go back to in the end
 */
export async function tellWorkflows(options: WorkflowsOptions, back: string): Promise<void> {
  const number = await pullRequests(options);
  await pushes(options, number);
  await rollback(options, back);
}

/** Opened, by one of us and by a stranger, and pushed to again. @returns the number of ours */
async function pullRequests(options: WorkflowsOptions): Promise<number> {
  const { story, findings, github, repository } = options;
  const onRun = onRunOf(findings);
  const main = await repository.main();
  const base = { ref: 'main', sha: main };
  const opened = async (title: string, head: { ref: string; sha: string }, fork: boolean) => {
    const user = fork ? 'mallory' : 'ada';
    const number = await github.openPullRequest({ title, head, base, user, fork });
    return {
      number,
      event: { kind: 'pull_request', action: 'opened', number, sha: head.sha },
    } as const;
  };

  const first = await repository.commit(branch, 'Let three workers run', threeWorkers);
  const ours = await opened('More workers', { ref: branch, sha: first }, false);
  const play = { file: 'ci.yml', expected: 'success' } as const;
  const what = 'open a pull request with a change of the infrastructure';
  const planned: Play = {
    ...play,
    what,
    event: ours.event,
    jobs: { check: 'success', 'plan (local)': 'success', comment: 'success', ci: 'success' },
  };
  await playStep(story, github, planned, onRun, async () => {
    const [comment] = await planComments(github, ours.number, first);
    findings.planComment = comment?.body;
    return 'one comment with the plan of this commit';
  });

  const theirs = await repository.commit('stranger', 'Read the page', strangersWords);
  const fork = await opened('A word', { ref: 'stranger', sha: theirs }, true);
  const checked: Play = {
    ...play,
    what: 'open a pull request from a fork',
    event: fork.event,
    jobs: { check: 'success', plan: 'skipped', comment: 'skipped', ci: 'success' },
  };
  await playStep(story, github, checked, onRun, async (run) => {
    const writable = run.jobs.flatMap(({ permissions }) =>
      Object.entries(permissions).filter(([, access]) => access === 'write'),
    );
    if (writable.length > 0) throw new Error(`A fork could write ${writable.join(', ')}.`);
    const comments = await commentsOf(github, fork.number);
    if (comments.length > 0) throw new Error('A fork got a comment.');
    return 'checked without credentials, no plan';
  });

  const [before] = await commentsOf(github, ours.number);
  const second = await repository.commit(branch, 'Let four workers run', fourWorkers);
  await github.pushToPullRequest(ours.number, second);
  const again: Play = {
    ...planned,
    what: 'push to the pull request again',
    event: { kind: 'pull_request', action: 'synchronize', number: ours.number, sha: second },
  };
  await playStep(story, github, again, onRun, async () => {
    const [comment, ...more] = await planComments(github, ours.number, second);
    if (comment?.id !== before?.id || more.length > 0) throw new Error('It is another comment.');
    findings.planComment = comment?.body;
    return 'the same comment, edited';
  });
  return ours.number;
}

/** A merge, words, and a release that does not start. */
async function pushes(options: WorkflowsOptions, number: number): Promise<void> {
  const { story, findings, github, repository, currentRelease } = options;
  const onRun = onRunOf(findings);
  const pushed = async (sha: string, before: string) =>
    ({ kind: 'push', branch: 'main', before, sha, actor: 'ben' }) as const;
  const deployed = (conclusion: string) => ({
    'environments (local) / plan': 'success',
    'environments (local) / deploy': conclusion,
  });

  const start = await repository.main();
  const merged = await repository.merge(branch);
  await github.mergePullRequest(number, merged);
  const merge: Play = {
    what: 'merge it',
    file: 'deploy.yml',
    expected: 'success',
    event: await pushed(merged, start),
    jobs: deployed('success'),
  };
  await playStep(story, github, merge, onRun, async (run) => {
    const environment = run.jobs.find((job) => job.environment)?.environment;
    if (environment?.name !== 'local')
      throw new Error(
        `It was deployed to ${environment?.name}, as if nobody had reviewed the plan.`,
      );
    await expectRelease(currentRelease, merged);
    return `what was reviewed is applied, and the release is current; ${environment.url}`;
  });

  const current = await currentRelease();
  const unchanged = async () => {
    const now = await currentRelease();
    if (now !== current) throw new Error(`The current release is ${now}, no longer ${current}.`);
  };
  const words = await repository.commit('main', 'Say that it was rehearsed', wordsOnly);
  const docs: Play = {
    what: 'push a change of documents',
    file: 'deploy.yml',
    expected: 'success',
    event: await pushed(words, merged),
    jobs: { changes: 'success', check: 'skipped', environments: 'skipped' },
  };
  await playStep(story, github, docs, onRun, async () => {
    await unchanged();
    return 'nothing to deploy';
  });

  const broken = await repository.commit('main', 'Ask the oracle', brokenStart);
  const breaks: Play = {
    what: 'push a release that does not start',
    file: 'deploy.yml',
    expected: 'failure',
    event: await pushed(broken, words),
    jobs: { check: 'success', ...deployed('failure') },
  };
  await playStep(story, github, breaks, onRun, async (run) => {
    const { message, summary } = failureOf(run);
    if (!/rolled it back/.test(message) || !summary.includes('ORACLE_URL is not set'))
      throw new Error(`It does not say what happened:\n${message}\n${summary}`);
    await unchanged();
    return `red; ${message}`;
  });
}

async function rollback(
  { story, findings, github, repository, currentRelease }: WorkflowsOptions,
  release: string,
): Promise<void> {
  const play: Play = {
    what: 'dispatch a rollback to v1',
    file: 'rollback.yml',
    expected: 'success',
    event: {
      kind: 'workflow_dispatch',
      file: 'rollback.yml',
      sha: await repository.main(),
      actor: 'ada',
      inputs: {
        environment: 'local',
        service: 'all',
        release,
        reason: 'rehearsed "quotes"; $(id)',
      },
    },
    jobs: { rollback: 'success' },
  };
  const commit = release.split('-').at(-1) ?? '';
  await playStep(story, github, play, onRunOf(findings), async () => {
    await expectRelease(currentRelease, commit);
    return 'the first release is current again';
  });
}

/** Two nights: after somebody changed a queue by hand, and after it was put right. */
export async function tellNights(options: WorkflowsOptions): Promise<void> {
  const { story, findings, github, repository, endpoint } = options;
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
      await playOne(github, night('a night with drift'), note, onRunOf(findings));
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
      await playOne(github, night('a night without drift'), note, onRunOf(findings));
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

const openIssues = async (github: EmbeddedGitHub) =>
  (await github.ask<readonly Issue[]>('/issues?state=open')).filter(
    (issue) => issue.pull_request === undefined,
  );

const commentsOf = (github: EmbeddedGitHub, number: number) =>
  github.ask<readonly Comment[]>(`/issues/${number}/comments`);

/** @throws Error unless there is exactly one comment, with the plan of this commit */
async function planComments(
  github: EmbeddedGitHub,
  number: number,
  sha: string,
): Promise<readonly Comment[]> {
  const comments = await commentsOf(github, number);
  const isPlan = comments[0]?.body.includes('max_capacity') && comments[0].body.includes(sha);
  if (comments.length !== 1 || !isPlan)
    throw new Error(`${comments.length} comments:\n${comments.map(({ body }) => body).join('\n')}`);
  return comments;
}

async function expectRelease(current: () => Promise<string>, sha: string): Promise<void> {
  const release = await current();
  const commit = release.split('-').at(-1) ?? '';
  if (!sha.startsWith(commit)) throw new Error(`The current release is ${release}.`);
}

function failureOf({ jobs }: WorkflowRun): { message: string; summary: string } {
  const failed = jobs.find(({ conclusion }) => conclusion === 'failure');
  const error = failed?.annotations.find(({ level }) => level === 'error');
  return { message: error?.message ?? '', summary: failed?.summary ?? '' };
}
