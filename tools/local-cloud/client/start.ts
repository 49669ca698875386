import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, isAlive, startLogged } from '@clarity/host';
import { connectAws, readCloudState, type AwsClient } from './aws-client';
import { upCommand, type CloudFlags } from './command';

export interface StartAwsOptions extends CloudFlags {
  /** Root of the workspace, whose dist/ holds the built program. */
  readonly root: string;
  /** Emptied first; gets the state file and the tasks' logs. */
  readonly stateFolder: string;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** What the program prints; `local-cloud.log` in the state folder if left out. */
  readonly log?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the wait for it. */
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export interface EmbeddedAws extends AwsClient {
  /** The exit code; resolves if it ends by itself, too. */
  readonly exited: Promise<number>;
  /** Ends it and all its tasks. @returns ids of task processes that are still alive: none, unless it was killed */
  stop(): Promise<readonly number[]>;
}

const startLimitMs = 120_000;
const stopLimitMs = 60_000;

/**
 * Starts the embedded AWS as a program of its own and waits until it is ready.
 * @throws Error with the last lines it printed if it does not start
 */
export async function startEmbeddedAws(options: StartAwsOptions): Promise<EmbeddedAws> {
  const { root, stateFolder, log, env = {}, signal, onLine } = options;
  await rm(stateFolder, { recursive: true, force: true });
  await mkdir(stateFolder, { recursive: true });
  const [program, ...args] = upCommand(options);
  const running = await startLogged(program, args, {
    cwd: root,
    env,
    log: log ?? join(stateFolder, 'local-cloud.log'),
    ...(onLine && { onLine }),
  });
  const ended = running.exited.then((code) => {
    throw new Error(`The embedded AWS ended with exit code ${code}:\n${running.tail()}`);
  });
  ended.catch(() => undefined);
  const givenUp = new AbortController();
  const ready = eventually(() => readCloudState(stateFolder), {
    limitMs: startLimitMs,
    pauseMs: 50,
    what: 'The embedded AWS',
    signal: signal ? AbortSignal.any([signal, givenUp.signal]) : givenUp.signal,
  });
  try {
    const client = connectAws((await Promise.race([ready, ended])).endpoint);
    const taskPids = async () => (await client.tasks()).flatMap(({ pids }) => pids);
    return {
      ...client,
      exited: running.exited,
      stop: async () => {
        const pids = await taskPids().catch(() => []);
        await running.end(stopLimitMs);
        return pids.filter(isAlive);
      },
    };
  } catch (error) {
    ready.catch(() => undefined);
    givenUp.abort();
    await running.end(stopLimitMs);
    throw error;
  }
}
