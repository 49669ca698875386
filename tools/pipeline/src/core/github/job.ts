import { readFileSync } from 'node:fs';
import {
  error as annotateError,
  notice,
  setOutput,
  setSecret,
  summary,
  warning,
} from '@actions/core';

/** Where a verb's results go besides the terminal: to the job of GitHub Actions that runs it, if any. */
export interface Job {
  /** For the steps and jobs that come after. Without GitHub: `name=value` on standard output. */
  output(name: string, value: string): void;
  /** Shown at the top of the run. */
  annotate(level: 'error' | 'warning' | 'notice', text: string, title?: string): void;
  /** From here on the log shows `***` in its place. */
  mask(secret: string): void;
  /** Markdown; a step's summary holds 1 MiB. */
  summarise(markdown: string): Promise<void>;
  /** The page of this run, where there is one. */
  readonly runUrl: string | undefined;
}

export function currentJob(processEnv: NodeJS.ProcessEnv = process.env): Job {
  return processEnv['GITHUB_ACTIONS'] === 'true' ? actionsJob(processEnv) : terminal;
}

function actionsJob(processEnv: NodeJS.ProcessEnv): Job {
  const annotations = { error: annotateError, warning, notice };
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = processEnv;
  const run = processEnv['GITHUB_RUN_ID'];
  return {
    output: setOutput,
    annotate: (level, text, title) =>
      annotations[level](text, title === undefined ? {} : { title }),
    mask: (secret) => {
      // The log is masked line by line, so every line of a secret is one.
      for (const line of secret.split(/\r?\n/)) if (line.trim().length > 0) setSecret(line);
    },
    summarise: async (markdown) => {
      if (processEnv['GITHUB_STEP_SUMMARY']) await summary.addRaw(markdown, true).write();
    },
    runUrl: run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  };
}

const terminal: Job = {
  output: (name, value) => process.stdout.write(`${name}=${value}\n`),
  annotate: () => undefined,
  mask: () => undefined,
  summarise: async () => undefined,
  runUrl: undefined,
};

/** The pull request that a workflow runs for, from the event that started it. */
export interface PullRequestEvent {
  readonly number: number;
  /** The commit that was pushed; what is checked out is its merge with the base. */
  readonly headSha: string;
}

export function pullRequestEvent(
  processEnv: NodeJS.ProcessEnv = process.env,
): PullRequestEvent | undefined {
  const path = processEnv['GITHUB_EVENT_PATH'];
  if (!path) return undefined;
  const event = JSON.parse(readFileSync(path, 'utf8')) as {
    pull_request?: { number: number; head: { sha: string } };
  };
  const { pull_request: pullRequest } = event;
  return pullRequest && { number: pullRequest.number, headSha: pullRequest.head.sha };
}
