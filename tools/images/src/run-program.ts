import { spawn, type ChildProcess } from 'node:child_process';
import { CannotTest } from './errors';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What the program reads. */
  readonly input?: string | Buffer;
  readonly timeoutMs?: number;
}

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

/** Ends the programs that run now: a signal to the test reaches the test alone. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGTERM');
}

const defaultTimeoutMs = 120_000;
const lastLines = 25;

/**
 * Runs a program without a shell and collects what it prints.
 * @returns its exit code, 127 where it cannot be started
 */
export async function tryProgram(
  program: string,
  args: readonly string[],
  { env, cwd, input, timeoutMs = defaultTimeoutMs }: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: 'pipe',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  running.add(child);
  // A program that ends without reading all of it is no error of ours.
  child.stdin.on('error', () => undefined).end(input);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      stderr.push(Buffer.from(error.message));
      resolve(127);
    });
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  running.delete(child);
  const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString().trimEnd();
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Runs a program that has to succeed.
 * @returns what it printed
 * @throws CannotTest with its last lines
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<string> {
  const { code, stdout, stderr } = await tryProgram(program, args, options);
  if (code === 0) return stdout;
  const said = (stderr || stdout).split('\n').slice(-lastLines).join('\n  ');
  throw new CannotTest(`${program} ${args.slice(0, 3).join(' ')} ended with ${code}:\n  ${said}`);
}
