import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../core/errors';

/**
 * Runs this same command once more, with an embedded AWS of its own around it that ends with it.
 * @returns its exit code
 */
export async function runOnEmbeddedAws(
  workspace: Workspace,
  args: readonly string[],
): Promise<number> {
  const localCloud = join(workspace.dist, 'tools/local-cloud/main.js');
  if (!existsSync(localCloud))
    throw new PipelineError('usage', 'The embedded AWS is not built.', 'Run: npm run build');
  const script = process.argv[1] ?? '';
  const child = spawn(
    process.execPath,
    [localCloud, 'exec', '--', process.execPath, script, ...args],
    { stdio: 'inherit' },
  );
  process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
  process.removeAllListeners('SIGTERM').on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)),
    );
  });
}
