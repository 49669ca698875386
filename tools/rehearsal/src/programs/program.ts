import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Everything the program prints goes here. */
  readonly log: string;
  readonly onLine?: (line: string) => void;
}

export interface Program {
  readonly child: ChildProcess;
  /** The exit code; a program ended by a signal counts as 1. */
  readonly ended: Promise<number>;
  /** The last lines it printed, for an error message. */
  tail(): string;
}

/** How much of a failed program's output an error message quotes. */
const tailLines = 15;

/**
 * Starts one of our built programs in a process group of its own: Ctrl-C reaches us alone, and we end
 * our children in order.
 */
export async function startProgram(
  script: string,
  args: readonly string[],
  { cwd, env, log, onLine }: ProgramOptions,
): Promise<Program> {
  await mkdir(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: 'a' });
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (coloured) => {
      const line = stripVTControlCharacters(coloured);
      file.write(`${line}\n`);
      lines.push(line);
      if (lines.length > tailLines) lines.shift();
      onLine?.(line.trim());
    });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => file.end(() => resolve(code ?? 1)));
  });
  return { child, ended, tail: () => lines.join('\n') };
}
