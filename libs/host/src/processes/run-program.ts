import { execa } from 'execa';
import { exitCodeOf } from './exit-code';
import { setSessionPriority } from './session-priority';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the program reads: the way for a secret, which everybody could read as an argument. */
  readonly input?: string | Buffer;
  /** Asks the program to end after this time; unlimited if left out. */
  readonly timeoutMs?: number;
  /** Asks the program to end when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** How the program is asked to end; SIGTERM if left out. */
  readonly endSignal?: 'SIGTERM' | 'SIGINT';
  /** How long it may take to end after it was asked to, before it is killed. */
  readonly graceMs?: number;
  /** In a process group of its own: Ctrl-C in a terminal then reaches us only, and it is asked to end once. */
  readonly ownGroup?: boolean;
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface ProgramEnd {
  /** 127 if the program could not be started, 128 + n if signal n ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const defaultGraceMs = 5_000;
/** A plan as JSON can be hundreds of megabytes. */
const mostOutput = 512 * 1024 * 1024;

const running = new Set<{ kill(): boolean }>();

/** Asks all programs to end that run now, for a signal that reached us alone. */
export function endPrograms(): void {
  for (const program of running) program.kill();
}

/**
 * Runs a program without a shell and collects what it prints.
 * @returns how it ended, well or not
 */
export async function tryProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramEnd> {
  const { cwd, env, input, timeoutMs, signal, endSignal, graceMs, ownGroup, onLine } = options;
  const lines = (stream: 'stdout' | 'stderr') =>
    onLine &&
    function* (line: unknown) {
      onLine(String(line), stream);
      yield line;
    };
  const started = execa(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    // Without input, the program finds an empty one instead of ours.
    input: input ?? '',
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
    killSignal: endSignal ?? 'SIGTERM',
    forceKillAfterDelay: graceMs ?? defaultGraceMs,
    detached: ownGroup ?? false,
    stdout: lines('stdout') ?? 'pipe',
    stderr: lines('stderr') ?? 'pipe',
    maxBuffer: mostOutput,
    reject: false,
  });
  if (ownGroup && started.pid !== undefined) setSessionPriority(started.pid);
  running.add(started);
  const end = await started.finally(() => running.delete(started));
  const notStarted = end.exitCode === undefined && end.signal === undefined && !end.timedOut;
  return {
    exitCode: notStarted && end.failed ? 127 : exitCodeOf(end.exitCode, end.signal),
    stdout: end.stdout,
    stderr: notStarted ? (end.originalMessage ?? end.stderr) : end.stderr,
    timedOut: end.timedOut,
  };
}

/** A program that had to succeed and did not; the message quotes its last lines. */
export class ProgramFailed extends Error {
  constructor(
    command: string,
    readonly end: ProgramEnd,
  ) {
    super(`${command} ended with exit code ${end.exitCode}:\n${lastLines(end)}`);
    this.name = 'ProgramFailed';
  }
}

/** How much of a failed program's output an error quotes. */
const quotedLines = 25;
const quotedArguments = 3;

const lastLines = ({ stdout, stderr }: ProgramEnd): string =>
  (stderr || stdout)
    .split('\n')
    .slice(-quotedLines)
    .map((line) => `  ${line}`)
    .join('\n');

/**
 * Runs a program that has to succeed.
 * @returns what it printed on standard output, without the last line feed
 * @throws ProgramFailed; its message names the first arguments only
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const end = await tryProgram(program, args, options);
  if (end.exitCode === 0) return end.stdout;
  throw new ProgramFailed([program, ...args.slice(0, quotedArguments)].join(' '), end);
}
