import { S3Client } from '@aws-sdk/client-s3';
import { type ModelManifest } from '@clarity/domain';
import { parser } from '@clarity/schema';
import Type from 'typebox';
import { synthesised } from '../apply/run';
import type { Context } from '../../core/context';
import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { isNamed } from '../../core/stacks/manifest';
import { terraformIn } from '../../core/terraform/terraform';
import { putBundle, readBundle } from '../../core/models/model-bundle';

export const parseDataOutputs = parser(
  'output of the data stack',
  Type.Object({ data_bucket: Type.String() }),
);

/** `pipeline publish-model`: puts an imported model bundle where the worker loads it from. */
export async function publishModel(context: Context, folder: string): Promise<ModelManifest> {
  const bundle = await readBundle(folder);
  const stack = (await synthesised(context)).find((candidate) => isNamed(candidate, 'data'));
  if (!stack) throw new PipelineError('unexpected', 'There is no data stack.');
  const terraform = terraformIn(stack.folder, context.terraform);
  await terraform.init();
  const { data_bucket: bucket } = parseDataOutputs(await terraform.outputs());

  const { manifest } = bundle;
  context.reporter.step(`publish model ${manifest.name} (${manifest.weights} weights)`);
  const s3 = new S3Client({ region, forcePathStyle: context.environment === 'local' });
  await putBundle(s3, bucket, bundle);
  return manifest;
}
