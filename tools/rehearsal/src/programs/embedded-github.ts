import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from './program';
import { connectClient, type GitHubAddresses, type GitHubClient } from '../clients/github-client';
import { runnerMachine } from './runner-machine';

export interface EmbeddedGitHub extends GitHubClient {
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
      if (addresses) return { ...(await connectClient(addresses, options)), stop };
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readAddresses(folder: string): Promise<GitHubAddresses | undefined> {
  const text = await readFile(join(folder, 'local-github.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as GitHubAddresses);
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
