import { join } from 'node:path';
import { lowestPriority, startLogged } from '@clarity/host';

export interface ProgramOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  /** Whether it gets only what the others, jobs included, leave of the processors. */
  readonly inBackground?: boolean;
  /** Sends it a signal of the system when `on` aborts, and waits for what it makes of it. */
  readonly end?: { readonly on: AbortSignal; readonly by: NodeJS.Signals };
}

export interface ProgramEnd {
  readonly exitCode: number;
  /** The last lines that it printed. */
  readonly output: string;
  /** The message to show if that exit code is not the expected one. */
  readonly explanation: string;
}

/**
 * Runs one of our built programs to its end, as a person would type it.
 * @param script relative to dist/, e.g. `tools/pipeline/main.js`
 * @throws the reason of `signal` if it aborts, after the program has ended
 */
export async function runBuilt(
  script: string,
  args: readonly string[],
  { root, env, log, signal, note, inBackground = false, end }: ProgramOptions,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const program = await startLogged(process.execPath, [join(root, 'dist', script), ...args], {
    cwd: root,
    // The build of the rehearsal made everything that it starts: the pipeline does not build first.
    env: { ...env, CLARITY_BUILD: '' },
    log,
    ...(inBackground && { priority: lowestPriority }),
    onLine: (line) => note(line.trim()),
  });
  const interrupt = () => program.process.kill('SIGINT');
  signal.addEventListener('abort', interrupt, { once: true });
  end?.on.addEventListener('abort', () => program.process.kill(end.by), { once: true });
  const exitCode = await program.exited;
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  const name = [script.split('/').at(-2), args[0]].join(' ');
  const output = program.tail();
  const explanation = `${name} ended with exit code ${exitCode}:\n${output}\nLog: ${log}`;
  return { exitCode, output, explanation };
}
