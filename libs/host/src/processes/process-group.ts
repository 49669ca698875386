import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { exitCodeOf } from './exit-code';
import type { ProcessGuard } from './process-guard';
import { setSessionPriority } from './session-priority';

export interface GroupOptions {
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdio: StdioOptions;
  /** As `nice` counts; our own if left out. @see setSessionPriority */
  readonly priority?: number;
  /** Ends the group if we die. */
  readonly guard?: ProcessGuard;
}

/** A program that leads its own process group, so that it and all it starts can be ended together. */
export interface ProcessGroup {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The exit code, 128 + n for signal n; resolves when the pipes are drained. */
  readonly exited: Promise<number>;
  /** Signals the whole group; does nothing once the group is gone. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM (or `first`), then SIGKILL after `graceMs`; resolves with the exit code. */
  end(graceMs: number, first?: NodeJS.Signals): Promise<number>;
}

/**
 * Starts a program in a process group of its own. What it leaves behind there ends with it.
 * @throws Error (ENOENT, EACCES …) if it cannot be started
 */
export async function startGroup(
  program: string,
  args: readonly string[],
  { guard, priority, ...options }: GroupOptions,
): Promise<ProcessGroup> {
  const child = spawn(program, args, { ...options, env: { ...options.env }, detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} has no process id`);
  setSessionPriority(pid, priority);
  guard?.add(pid);

  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
    } catch {
      // The group is gone.
    }
  };
  let gone = false;
  const exited = new Promise<number>((resolve) => {
    child.once('exit', () => {
      signal('SIGKILL');
      guard?.remove(pid);
      gone = true;
    });
    child.once('close', (code, by) => resolve(exitCodeOf(code, by)));
  });
  return {
    process: child,
    pid,
    exited,
    signal: (name) => {
      if (!gone) signal(name);
    },
    end: async (graceMs, first = 'SIGTERM') => {
      if (!gone) signal(first);
      const timer = setTimeout(() => !gone && signal('SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
