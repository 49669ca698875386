import { join } from 'node:path';
import { startProgram, type Program } from './program';

export interface ToolOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logs: string;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
}

export interface ToolEnd {
  readonly code: number;
  /** What to say where that code is not the expected one. */
  readonly explanation: string;
  /** The last lines that it printed. */
  readonly output: string;
}

/**
 * Runs one of our built programs to its end, as a person would type it.
 * @param script relative to dist/, e.g. `tools/pipeline/main.js`
 * @throws Error where the rehearsal was interrupted
 */
export async function runTool(
  script: string,
  args: readonly string[],
  { root, env, logs, signal, note }: ToolOptions,
): Promise<ToolEnd> {
  const name = [script.split('/').at(-2), args[0]].join('-');
  const log = join(logs, `${name}.log`);
  const program = await startProgram(join(root, 'dist', script), args, {
    cwd: root,
    env,
    log,
    onLine: note,
  });
  const code = await endedOrInterrupted(program, signal);
  signal.throwIfAborted();
  const explanation = `${name} ended with exit code ${code}:\n${program.tail()}\nWhole log: ${log}`;
  return { code, explanation, output: program.tail() };
}

async function endedOrInterrupted(program: Program, signal: AbortSignal): Promise<number> {
  const interrupt = () => program.child.kill('SIGINT');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await program.ended;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
