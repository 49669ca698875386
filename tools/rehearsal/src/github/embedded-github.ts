import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { startProgram } from '../cloud/program';
import { runnerMachine } from './runner-machine';

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

export interface EmbeddedGitHub {
  /** @returns its number */
  openPullRequest(pull: NewPullRequest): Promise<number>;
  pushToPullRequest(number: number, sha: string): Promise<void>;
  mergePullRequest(number: number, sha: string): Promise<void>;
  /** Runs the workflows that an event starts to their ends. */
  fire(event: GitHubEvent, note: (text: string) => void): Promise<readonly WorkflowRun[]>;
  /** What GitHub's API says to a person. @param path below the repository, e.g. `/issues` */
  ask<Body>(path: string): Promise<Body>;
  stop(): Promise<void>;
}

export interface EmbeddedGitHubOptions {
  readonly root: string;
  readonly repositoryFolder: string;
  /** Checkouts, caches and artifacts. */
  readonly workFolder: string;
  readonly logs: string;
  /** Of the embedded AWS. */
  readonly endpoint: string;
  readonly signal: AbortSignal;
}

const startLimitMs = 30_000;
const stopLimitMs = 30_000;

/** Starts tools/local-github as a program of its own and waits until it answers. */
export async function startEmbeddedGitHub(options: EmbeddedGitHubOptions): Promise<EmbeddedGitHub> {
  const { root, workFolder, logs, signal } = options;
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const config = join(workFolder, 'config.json');
  await writeFile(config, JSON.stringify(configOf(options)));
  const script = join(root, 'dist/tools/local-github/main.js');
  const program = await startProgram(script, ['up', '--config', config], {
    cwd: root,
    env: {},
    log: join(logs, 'local-github.log'),
  });
  let hasEnded = false;
  void program.ended.then(() => (hasEnded = true));
  const stop = async () => {
    if (!hasEnded) program.child.kill('SIGTERM');
    const killer = setTimeout(() => program.child.kill('SIGKILL'), stopLimitMs);
    await program.ended;
    clearTimeout(killer);
  };
  try {
    const deadline = Date.now() + startLimitMs;
    for (;;) {
      signal.throwIfAborted();
      if (hasEnded || Date.now() > deadline)
        throw new Error(`It did not start:\n${program.tail()}`);
      const addresses = await readAddresses(workFolder);
      if (addresses) return { ...(await clientOf(addresses, options)), stop };
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Addresses {
  readonly api: string;
  readonly control: string;
}

async function readAddresses(folder: string): Promise<Addresses | undefined> {
  const text = await readFile(join(folder, 'local-github.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Addresses);
}

/** A repository of the project with one environment, and a machine like those of GitHub. */
function configOf({ root, repositoryFolder, workFolder, endpoint }: EmbeddedGitHubOptions) {
  return {
    repositoryFolder,
    workFolder,
    // As infra/src/environments/accounts.ts has it: whom the roles trust.
    subjectPrefix: 'repo:clarity@10000001/clarity@10000002',
    variables: {
      CLARITY_ENVIRONMENTS: JSON.stringify(['local']),
      CLARITY_ACCOUNTS: JSON.stringify({ local: '123456789012' }),
    },
    machine: runnerMachine(root, endpoint),
    cacheSeeds: {
      'packages-': join(root, 'node_modules'),
      'nx-': join(root, '.nx'),
    },
    approved: ['local'],
  };
}

async function clientOf(
  { api, control }: Addresses,
  { logs, signal }: EmbeddedGitHubOptions,
): Promise<Omit<EmbeddedGitHub, 'stop'>> {
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
