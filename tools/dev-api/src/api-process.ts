import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The API closes its port at once when it gets SIGTERM; responses that are not finished then are cut off. */
const graceMs = 2_000;

export interface ApiProcessOptions {
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  /** Called if it ends by itself. */
  readonly onEnd: (how: string) => void;
}

export interface ApiProcess {
  /** Ends the one that runs, if any, and starts another one; calls queue up. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export function apiProcess({ script, env, onLine, onEnd }: ApiProcessOptions): ApiProcess {
  let running: ChildProcess | undefined;
  let turn = Promise.resolve();

  const end = async () => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(killer);
  };
  const start = () => {
    const child = spawn(process.execPath, ['--enable-source-maps', script], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = child;
    createInterface({ input: child.stdout }).on('line', onLine);
    child.once('exit', (code, signal) => {
      if (running === child) onEnd(signal ?? `exit code ${code}`);
    });
  };
  const inTurn = (action: () => Promise<void>) => (turn = turn.then(action));

  return {
    restart: () => inTurn(() => end().then(start)),
    stop: () => inTurn(end),
  };
}
