import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backgroundPriority, eventually, replaceJson, startLogged } from '@clarity/host';
import type { RunnerConfig } from '../src/up/config';
import { connectGitHub, type GitHubAddresses, type GitHubClient } from './github-client';

export interface StartGitHubOptions {
  /** Root of the workspace, whose dist/ holds the built program. */
  readonly root: string;
  /** The work folder (checkouts, caches, artifacts) is emptied first. */
  readonly config: RunnerConfig;
  /** What the program prints; `local-github.log` in the work folder if left out. */
  readonly log?: string;
  readonly signal?: AbortSignal;
}

export interface EmbeddedGitHub extends GitHubClient {
  /** Cancels running jobs and ends the program. */
  stop(): Promise<void>;
}

const startLimitMs = 30_000;
const stopLimitMs = 30_000;

/**
 * Starts the embedded GitHub as a program of its own and waits until it is ready.
 * @throws Error with the last lines it printed if it does not start
 */
export async function startEmbeddedGitHub(options: StartGitHubOptions): Promise<EmbeddedGitHub> {
  const { root, config, signal } = options;
  const { workFolder } = config;
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const path = join(workFolder, 'config.json');
  await replaceJson(path, config);
  const script = join(root, 'dist/tools/local-github/main.js');
  const program = await startLogged(process.execPath, [script, 'up', '--config', path], {
    cwd: root,
    env: {},
    // Jobs compute next to an embedded AWS, whose alarms and health checks are timed.
    priority: backgroundPriority,
    log: options.log ?? join(workFolder, 'local-github.log'),
  });
  const ended = program.exited.then(() => {
    throw new Error(`The embedded GitHub ended:\n${program.tail()}`);
  });
  ended.catch(() => undefined);
  const stop = async () => void (await program.end(stopLimitMs));
  const over = new AbortController();
  const ready = eventually(() => readAddresses(workFolder), {
    limitMs: startLimitMs,
    pauseMs: 50,
    what: 'The embedded GitHub',
    signal: AbortSignal.any([over.signal, ...(signal === undefined ? [] : [signal])]),
  });
  try {
    return { ...connectGitHub(await Promise.race([ready, ended]), signal), stop };
  } catch (error) {
    ready.catch(() => undefined);
    over.abort();
    await stop();
    throw error;
  }
}

async function readAddresses(folder: string): Promise<GitHubAddresses | undefined> {
  const text = await readFile(join(folder, 'local-github.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as GitHubAddresses);
}
