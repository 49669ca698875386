import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** How long a cancelled program may take to clean up, as GitHub gives it. */
const graceMs = 7_500;

/** Runs a program in a process group of its own, which ends as a whole. @returns the exit code */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal, onLine }: ProgramOptions,
): Promise<number> {
  const child = spawn(program, args, {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      // It has ended.
    }
  };
  let killing: NodeJS.Timeout | undefined;
  const cancel = () => {
    kill('SIGINT');
    killing = setTimeout(() => kill('SIGKILL'), graceMs);
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  createInterface({ input: child.stdout }).on('line', onLine);
  createInterface({ input: child.stderr }).on('line', onLine);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(killing);
    signal.removeEventListener('abort', cancel);
  }
}

/**
 * Runs a program for its output.
 * @throws Error with what it printed where it fails
 */
export async function outputOf(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const lines: string[] = [];
  const code = await runProgram(program, args, {
    cwd,
    env: process.env as Record<string, string>,
    signal: new AbortController().signal,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`);
  return lines.join('\n');
}
