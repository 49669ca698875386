import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** A run as tools/local-github tells it, as far as the story needs it. */
export interface WorkflowRun {
  readonly file: string;
  readonly event: string;
  readonly conclusion: string;
  readonly jobs: readonly WorkflowJob[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface WorkflowJob {
  readonly name: string;
  readonly conclusion: string;
  readonly environment?: { readonly name: string; readonly url?: string };
  readonly permissions: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
}

/** An event as tools/local-github takes it. */
export type GitHubEvent = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface NewPullRequest {
  readonly title: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly user: string;
  readonly fork?: boolean;
}

export interface GitHubClient {
  /** @returns its number */
  openPullRequest(pull: NewPullRequest): Promise<number>;
  pushToPullRequest(number: number, sha: string): Promise<void>;
  mergePullRequest(number: number, sha: string): Promise<void>;
  /** Runs the workflows that an event starts to their ends. */
  fire(event: GitHubEvent, note: (text: string) => void): Promise<readonly WorkflowRun[]>;
  /** What GitHub's API says to a person. @param path below the repository, e.g. `/issues` */
  ask<Body>(path: string): Promise<Body>;
}

/** What local-github.json says. */
export interface GitHubAddresses {
  /** GitHub's API. */
  readonly api: string;
  /** Where it is told what people do. */
  readonly control: string;
}

/** @param logs folder that what jobs print goes to */
export async function connectClient(
  { api, control }: GitHubAddresses,
  { logs, signal }: { readonly logs: string; readonly signal: AbortSignal },
): Promise<GitHubClient> {
  const tell = async (path: string, body: unknown): Promise<Response> => {
    const response = await fetch(`${control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  };
  const { token } = (await (await tell('/tokens', { login: 'reader' })).json()) as {
    token: string;
  };
  return {
    async openPullRequest(pull) {
      const opened = (await (await tell('/pull-requests', pull)).json()) as { number: number };
      return opened.number;
    },
    async pushToPullRequest(number, sha) {
      await tell(`/pull-requests/${number}/pushes`, { sha });
    },
    async mergePullRequest(number, sha) {
      await tell(`/pull-requests/${number}/merge`, { sha, by: 'ben' });
    },
    async fire(event, note) {
      const { body } = await tell('/events', event);
      if (!body) throw new Error('The event was answered with nothing.');
      return followRun(body, join(logs, `workflows-${event.kind}.log`), note);
    },
    async ask<Body>(path: string) {
      const response = await fetch(`${api}/repos/clarity/clarity${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal,
      });
      if (!response.ok) throw new Error(`${path} was answered ${response.status}.`);
      return (await response.json()) as Body;
    },
  };
}

/** What a running event answers with, a JSON object a line. */
type RunLine =
  | { readonly job: string; readonly line: string }
  | { readonly runs: readonly WorkflowRun[] }
  | { readonly error: string };

async function followRun(
  body: ReadableStream,
  log: string,
  note: (text: string) => void,
): Promise<readonly WorkflowRun[]> {
  await mkdir(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: 'a' });
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(body) })) {
      if (text === '') continue;
      const said = JSON.parse(text) as RunLine;
      if ('runs' in said) return said.runs;
      if ('error' in said) throw new Error(said.error);
      file.write(`${said.job} | ${said.line}\n`);
      note(`${said.job}: ${said.line}`);
    }
    throw new Error('The embedded GitHub ended before the workflows did.');
  } finally {
    file.end();
  }
}
