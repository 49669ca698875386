import { existsSync } from 'node:fs';
import { runInForeground } from '@clarity/host';
import { execCommand, programIn } from '@clarity/local-cloud/client';
import { PipelineError } from '../../errors';
import type { Workspace } from '../../io/workspace';

/**
 * Runs this same command again on an embedded AWS that ends with it.
 * @returns its exit code
 */
export async function runOnEmbeddedAws(
  { root }: Workspace,
  args: readonly string[],
): Promise<number> {
  if (!existsSync(programIn(root)))
    throw new PipelineError('usage', 'The embedded AWS is not built.', 'Run: npm run build');
  const script = process.argv[1] ?? '';
  const [program, ...rest] = execCommand(root, [process.execPath, script, ...args]);
  return runInForeground(program, rest);
}
