import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { ProcessGuard } from './process-guard';

export interface GuardedOptions {
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdio: StdioOptions;
}

/** A child that leads its own process group, so that it and all it starts can be ended by it. */
export interface GuardedChild {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The exit code, 128 + n for signal n as shells say it; resolves when the pipes are drained. */
  readonly exited: Promise<number>;
  /** Signals the whole group; a group that is gone is fine. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after `graceMs`; resolves with the exit code. */
  end(graceMs: number): Promise<number>;
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * Starts a program in a process group of its own, known to the guard while it lives.
 * @throws Error (ENOENT, EACCES …) where it cannot be started
 */
export async function startGuarded(
  guard: ProcessGuard,
  program: string,
  args: readonly string[],
  options: GuardedOptions,
): Promise<GuardedChild> {
  const child = spawn(program, args, { ...options, detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} has no process id`);
  guard.add(pid);

  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
    } catch {
      // The group is gone, which is what was wanted.
    }
  };
  let gone = false;
  const exited = new Promise<number>((resolve) => {
    child.once('exit', () => {
      // What the program left behind in its group ends with it.
      signal('SIGKILL');
      guard.remove(pid);
      gone = true;
    });
    child.once('close', (code, by) => resolve(code ?? 128 + ((by && signalNumbers[by]) ?? 0)));
  });
  return {
    process: child,
    pid,
    exited,
    signal: (name) => {
      if (!gone) signal(name);
    },
    end: async (graceMs) => {
      if (!gone) signal('SIGTERM');
      const timer = setTimeout(() => !gone && signal('SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
