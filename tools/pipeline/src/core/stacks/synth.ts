import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tryProgram } from '@clarity/host';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../errors';
import type { AwsTarget, EnvironmentName } from '../environment';
import { readStacks, type Stack } from './manifest';

export function outdirOf(
  workspace: Workspace,
  environment: EnvironmentName,
  aws: AwsTarget,
): string {
  return join(workspace.dist, 'cdktf', aws === 'own' ? environment : `${environment}-embedded`);
}

export interface SynthOptions {
  readonly workspace: Workspace;
  readonly environment: EnvironmentName;
  readonly aws: AwsTarget;
  readonly signal?: AbortSignal;
}

/**
 * Runs the built CDKTF app for one environment.
 * @returns its stacks; their Terraform JSON is in dist/cdktf/<environment>
 */
export async function synth({
  workspace,
  environment,
  aws,
  signal,
}: SynthOptions): Promise<readonly Stack[]> {
  const app = join(workspace.dist, 'infra', 'main.js');
  if (!existsSync(app))
    throw new PipelineError('usage', 'The infrastructure is not built.', 'Run: npx nx build infra');
  const outdir = outdirOf(workspace, environment, aws);
  await mkdir(outdir, { recursive: true });
  const { exitCode, stderr, stdout } = await tryProgram(process.execPath, [app], {
    cwd: join(workspace.root, 'infra'),
    env: {
      CLARITY_ENVIRONMENT: environment,
      CLARITY_AWS: aws,
      CDKTF_OUTDIR: outdir,
    },
    timeoutMs: 120_000,
    signal,
  });
  if (exitCode !== 0)
    throw new PipelineError('usage', `Synthesis of "${environment}" failed:\n${stderr || stdout}`);
  return readStacks(outdir);
}
