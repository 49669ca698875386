import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../edge/run-command';
import type { Workspace } from '../edge/workspace';
import { PipelineError } from '../errors';
import type { EnvironmentName } from '../environment';
import { readStacks, type Stack } from '../stacks/manifest';

export function outdirOf(workspace: Workspace, environment: EnvironmentName): string {
  return join(workspace.dist, 'cdktf', environment);
}

/**
 * Runs the built CDKTF app for one environment.
 * @returns its stacks; their Terraform JSON lies under dist/cdktf/<environment>
 */
export async function synth(
  workspace: Workspace,
  environment: EnvironmentName,
  signal?: AbortSignal,
): Promise<readonly Stack[]> {
  const app = join(workspace.dist, 'infra', 'main.js');
  if (!existsSync(app))
    throw new PipelineError('usage', 'The infrastructure is not built.', 'Run: npx nx build infra');
  const outdir = outdirOf(workspace, environment);
  await mkdir(outdir, { recursive: true });
  const { code, stderr, stdout } = await runCommand(process.execPath, [app], {
    cwd: join(workspace.root, 'infra'),
    env: { CLARITY_ENVIRONMENT: environment, CDKTF_OUTDIR: outdir },
    timeoutMs: 120_000,
    signal,
  });
  if (code !== 0)
    throw new PipelineError('usage', `Synthesis of "${environment}" failed:\n${stderr || stdout}`);
  return readStacks(outdir);
}
