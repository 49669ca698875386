import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What the command reads: the way for a secret, which as an argument everybody could see. */
  readonly input?: string;
  /** Asks the command to end (SIGINT: Terraform then finishes what it has in hand and frees its lock). */
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** How long a command may take to end after it was asked to, before it is killed. */
const graceMs = 60_000;

/**
 * Runs a program without a shell and collects what it prints.
 * @throws Error where it cannot be started
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env, timeoutMs, input, signal, onLine }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that ends without reading all of it is no error of ours.
  child.stdin.on('error', () => undefined).end(input);
  let timedOut = false;
  let kill: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGINT');
    kill ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();

  const stdout: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout.push(line);
    onLine?.(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line));

  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve(exitCode ?? 1));
    });
    return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n'), timedOut };
  } finally {
    clearTimeout(timer);
    clearTimeout(kill);
    signal?.removeEventListener('abort', end);
  }
}
