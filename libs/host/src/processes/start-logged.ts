import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { startGroup, type ProcessGroup } from './process-group';
import type { ProcessGuard } from './process-guard';

export interface LoggedOptions {
  readonly cwd: string;
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything the program prints is appended here, without colour codes. */
  readonly log: string;
  /** As `nice` counts; our own if left out. */
  readonly priority?: number;
  readonly guard?: ProcessGuard;
  readonly onLine?: (line: string) => void;
}

export interface LoggedProgram extends ProcessGroup {
  /** The last lines it printed, for an error message. */
  tail(): string;
}

/** How many lines an error message quotes. */
const tailLines = 15;

/**
 * Starts a program in a process group of its own with its output in a file.
 * `exited` resolves when the file is complete.
 * @throws Error (ENOENT, EACCES …) if it cannot be started
 */
export async function startLogged(
  program: string,
  args: readonly string[],
  { cwd, env, log, priority, guard, onLine }: LoggedOptions,
): Promise<LoggedProgram> {
  await mkdir(dirname(log), { recursive: true });
  const group = await startGroup(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(priority === undefined ? {} : { priority }),
    ...(guard === undefined ? {} : { guard }),
  });
  const file = createWriteStream(log, { flags: 'a' });
  const lines: string[] = [];
  for (const stream of [group.process.stdout, group.process.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (coloured) => {
        const line = stripVTControlCharacters(coloured);
        file.write(`${line}\n`);
        lines.push(line);
        if (lines.length > tailLines) lines.shift();
        onLine?.(line);
      });
  const closed = async (code: number) => {
    await new Promise<void>((resolve) => file.end(resolve));
    return code;
  };
  const exited = group.exited.then(closed);
  return {
    ...group,
    exited,
    end: async (...args) => {
      await group.end(...args);
      return exited;
    },
    tail: () => lines.join('\n'),
  };
}
