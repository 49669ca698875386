import { join } from 'node:path';
import { tryProgram } from '@clarity/host';
import { PipelineError } from '../errors';
import type { Workspace } from './workspace';

const limitMs = 15 * 60_000;

/**
 * Builds projects of the workspace with Nx, which takes unchanged ones from its cache.
 * @param names without their scope, e.g. `infra`
 * @throws PipelineError with the output of the build that failed
 */
export async function buildProjects(
  { root }: Workspace,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) return;
  const projects = names.map((name) => `@clarity/${name}`).join(',');
  const { exitCode, stdout, stderr } = await tryProgram(
    join(root, 'node_modules/.bin/nx'),
    ['run-many', '-t', 'build', '-p', projects, '--outputStyle=static'],
    { cwd: root, timeoutMs: limitMs, signal },
  );
  if (exitCode !== 0)
    throw new PipelineError(
      'usage',
      `The build of ${names.join(', ')} failed:\n${stdout}${stderr}`,
    );
}
