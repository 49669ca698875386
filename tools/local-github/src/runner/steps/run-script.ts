import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { exitCodeOf, setSessionPriority } from '@clarity/host';

export interface ScriptOptions {
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Cancels the step. */
  readonly signal: AbortSignal;
  /** Ends its program at once. */
  readonly killed: AbortSignal;
  readonly onLine: (line: string) => void;
}

// https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs
const afterSigintMs = 7_500;
const afterSigtermMs = 2_500;
/** How long the output of what a program left behind is read. */
const drainMs = 5_000;

/**
 * Runs a step's program. A cancelled one gets SIGINT, SIGTERM after 7.5 s and SIGKILL 2.5 s later. As at
 * GitHub, only the program itself gets them: what it started does not, unless it passes them on.
 * @returns the exit code
 * @throws Error (ENOENT, EACCES …) if it cannot be started
 */
export async function runScript(
  program: string,
  args: readonly string[],
  { signal, killed, onLine, ...place }: ScriptOptions,
): Promise<number> {
  // Detached, so that a terminal's Ctrl+C reaches only us.
  const child = spawn(program, args, {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const drained = Promise.all([read(child.stdout, onLine), read(child.stderr, onLine)]);
  const cancel = () => void endInSteps(child);
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', cancel, { once: true });
  killed.addEventListener('abort', kill, { once: true });
  try {
    await once(child, 'spawn');
    if (child.pid !== undefined) setSessionPriority(child.pid);
    if (signal.aborted) cancel();
    if (killed.aborted) kill();
    const [code, by] = await ended;
    await within(drainMs, drained);
    return exitCodeOf(code, by);
  } finally {
    signal.removeEventListener('abort', cancel);
    killed.removeEventListener('abort', kill);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

async function read(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream }).on('line', onLine);
  await once(lines, 'close');
}

async function endInSteps(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  if (await within(afterSigintMs, ended)) return;
  child.kill('SIGTERM');
  if (await within(afterSigtermMs, ended)) return;
  child.kill('SIGKILL');
}

/** @returns whether it was done within the time */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
