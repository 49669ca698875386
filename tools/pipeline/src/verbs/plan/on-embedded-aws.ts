import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInForeground } from '@clarity/host';
import { PipelineError } from '../../errors';
import type { Workspace } from '../../io/workspace';

/**
 * Runs this same command again on an embedded AWS that ends with it.
 * @returns its exit code
 */
export async function runOnEmbeddedAws(
  { dist }: Workspace,
  args: readonly string[],
): Promise<number> {
  const localCloud = join(dist, 'tools/local-cloud/main.js');
  if (!existsSync(localCloud))
    throw new PipelineError('usage', 'The embedded AWS is not built.', 'Run: npm run build');
  const script = process.argv[1] ?? '';
  return runInForeground(process.execPath, [
    localCloud,
    'exec',
    '--',
    process.execPath,
    script,
    ...args,
  ]);
}
