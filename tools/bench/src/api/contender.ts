import { spawn, type ChildProcess, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@clarity/host';

export interface ContenderProgram {
  /** Arguments of Node: a script and its own. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Prints a line of JSON once it listens, which `firstLine` then is. */
  readonly announces?: boolean;
}

/** A server in a process of its own. */
export interface RunningContender {
  readonly port: number;
  readonly firstLine: string;
  /** Milliseconds of CPU, user and system, since it started. */
  cpuMs(): Promise<number>;
  /**
   * Sends a message to a program of ours and returns its answer.
   * @throws Error if the program ends instead
   */
  ask(message: Serializable): Promise<unknown>;
  stop(): Promise<void>;
}

const startLimitMs = 30_000;
/** As the image and the task definition of the API have it. */
const production = { NODE_ENV: 'production', NODE_OPTIONS: '--max-semi-space-size=32' };

/**
 * Starts a server and waits until it answers.
 * @param preload script that lets it report its CPU time
 */
export async function startContender(
  preload: string,
  { command, env = {}, announces = false }: ContenderProgram,
): Promise<RunningContender> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--require', preload, ...command], {
    env: { ...process.env, ...env, PORT: String(port), ...production },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const [firstLine] = announces ? ((await once(lines, 'line')) as [string]) : [''];
  await answering(child, port);
  const ask = (message: Serializable) =>
    new Promise<unknown>((resolve, reject) => {
      const ended = () =>
        reject(new Error(`${child.spawnargs.join(' ')} ended instead of answering.`));
      child.once('exit', ended);
      child.once('message', (answer) => {
        child.off('exit', ended);
        resolve(answer);
      });
      if (child.exitCode !== null || child.signalCode !== null) ended();
      else child.send(message);
    });
  return {
    port,
    firstLine,
    ask,
    async cpuMs() {
      const { user, system } = (await ask('cpu')) as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`http://127.0.0.1:${port}/livez`).catch(() => undefined);
    if (answer) return void (await answer.text());
  }
  child.kill('SIGKILL');
  throw new Error(`${child.spawnargs.join(' ')} does not answer.`);
}
