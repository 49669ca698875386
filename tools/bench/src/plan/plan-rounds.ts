import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runProgram } from '@clarity/host';
import { connectAws } from '@clarity/local-cloud/client';
import { sideBySide } from '../side-by-side';

/**
 * Runs on an embedded AWS and prints a Comparison as JSON. Both plan the four stacks of an environment
 * that is applied, as for every pull request, on an AWS that is as far away as the real one. The baseline
 * is the one to beat: folders that are synthesised and initialised, nothing read or written for a reviewer.
 */
const root = resolve(__dirname, '../../..');
const outdir = join(root, 'dist/cdktf/local');
const pipeline = join(root, 'dist/tools/pipeline/main.js');
/** From a runner to AWS's API and back. */
const latencyMs = 40;

async function main(): Promise<void> {
  await rm(join(outdir, 'state'), { recursive: true, force: true });
  process.stderr.write('  applying an environment, some minutes …\n');
  const run = (...args: string[]) =>
    runProgram(process.execPath, [pipeline, ...args], { cwd: root });
  await run('bootstrap', '--account', 'embedded');
  await run('apply', '--env', 'local');
  await connectAws(process.env['AWS_ENDPOINT_URL'] ?? '').addFault({ latencyMs });

  const comparison = await sideBySide('plan', {
    ours: {
      name: 'pipeline plan, with synthesis and report',
      run: async () =>
        void (await runProgram(process.execPath, [pipeline, 'plan', '--env', 'local'], {
          cwd: root,
        })),
    },
    baseline: { name: 'terraform plan, stack after stack', run: stackAfterStack },
    rounds: 3,
    goal: 1 / 0.6,
  });
  process.stdout.write(`${JSON.stringify(comparison)}\n`);
}

async function stackAfterStack(): Promise<void> {
  const { stacks } = JSON.parse(await readFile(join(outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { workingDirectory: string }>;
  };
  const args = ['plan', '-input=false', '-out=bench.tfplan'];
  for (const { workingDirectory } of Object.values(stacks))
    await runProgram('terraform', args, {
      cwd: join(outdir, workingDirectory),
      env: terraformVariables,
    });
}

/** Images and the release have no default; these are what the pipeline applied. */
const terraformVariables = {
  TF_CLI_CONFIG_FILE: join(root, '.local/terraform/terraform.rc'),
  TF_VAR_api_image: `none.invalid/clarity-api@sha256:${'0'.repeat(64)}`,
  TF_VAR_ml_worker_image: `none.invalid/clarity-ml-worker@sha256:${'0'.repeat(64)}`,
  TF_VAR_ml_worker_sagemaker_image: `none.invalid/clarity-ml-worker@sha256:${'0'.repeat(64)}`,
  TF_VAR_api_release: 'none',
  TF_VAR_ml_worker_release: 'none',
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
