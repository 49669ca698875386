import { readFileSync } from 'node:fs';
import {
  error as annotateError,
  notice,
  setOutput,
  setSecret,
  summary,
  warning,
} from '@actions/core';

/** The job of GitHub Actions that runs a verb, and gets its results. Without one they go to the terminal. */
export interface Job {
  /** For later steps and jobs. Without GitHub: `name=value` on standard output. */
  output(name: string, value: string): void;
  /** Shown at the top of the run. */
  annotate(level: 'error' | 'warning' | 'notice', text: string, title?: string): void;
  /** From then on the log shows `***` instead. */
  mask(secret: string): void;
  /** Markdown; a step's summary holds 1 MiB. */
  summarise(markdown: string): Promise<void>;
  /** The page of this run, if GitHub runs it. */
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
      // GitHub masks the log line by line, so each line of a secret is masked.
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
  /** The pushed commit; the job checks out its merge with the base. */
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
