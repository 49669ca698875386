import { createInterface } from 'node:readline';
import { startGroup } from '@clarity/host';

export interface ScriptOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** How long a cancelled step may take to clean up, as GitHub gives it. */
const graceMs = 7_500;

/**
 * Runs a step's program in a process group of its own. A cancelled one gets SIGINT, then SIGKILL.
 * @returns the exit code
 */
export async function runScript(
  program: string,
  args: readonly string[],
  { signal, onLine, ...place }: ScriptOptions,
): Promise<number> {
  const group = await startGroup(program, args, { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  const cancel = () => void group.end(graceMs, 'SIGINT');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  for (const stream of [group.process.stdout, group.process.stderr])
    if (stream) createInterface({ input: stream }).on('line', onLine);
  try {
    return await group.exited;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
