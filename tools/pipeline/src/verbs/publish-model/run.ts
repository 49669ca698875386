import { parseDataOutputs } from '../../core/apply/stack-outputs';
import type { TerraformContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { putBundle, readBundle } from '../../core/models/model-bundle';
import { isNamed } from '../../core/stacks/manifest';

/** `pipeline publish-model`: uploads an imported model bundle to where the worker loads it from. */
export async function publishModelBundle(context: TerraformContext, folder: string): Promise<void> {
  const bundle = await readBundle(folder);
  const stack = (await context.synth()).find((candidate) => isNamed(candidate, 'data'));
  if (!stack) throw new PipelineError('unexpected', 'The data stack is missing.');
  const terraform = context.terraformOf(stack);
  await terraform.init();
  const { data_bucket: bucket } = parseDataOutputs(await terraform.outputs());

  const { manifest } = bundle;
  context.reporter.step(`publish model ${manifest.name} (${manifest.weights} weights)`);
  await putBundle(await context.clients.s3(), bucket, bundle);
}
