import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import { inTempFolder, tryProgram } from '@clarity/host';
import type { AwsContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { putBundle, readBundle } from '../../core/models/model-bundle';

/** The model that the worker of every environment loads (MODEL_PREFIX of its task definition). */
const model = 'pat-s';
const toolLimitMs = 120_000;

/**
 * Publishes a model with seeded weights and no clinical meaning, unless there is a model. Only for the
 * embedded AWS, which starts empty: without a model, the worker would never become healthy.
 * @param appsFolder has the built worker and its tool that makes models
 */
export async function publishSyntheticModel(
  { reporter, signal }: Pick<AwsContext, 'reporter' | 'signal'>,
  s3: S3Client,
  bucket: string,
  appsFolder: string,
): Promise<void> {
  if (await isPublished(s3, bucket)) return;
  reporter.step(`publish model ${model} with synthetic weights (no clinical meaning; local only)`);
  await inTempFolder('clarity-model', async (folder) => {
    const [weights, bundle] = [join(folder, 'weights.h5'), join(folder, 'bundle')];
    const tool = (...args: readonly string[]) =>
      modelTool(appsFolder, signal, ...args, '--size', 'S');
    await tool('synthesize', '--out', weights);
    await tool('import', weights, '--name', model, '--out', bundle);
    await putBundle(s3, bucket, await readBundle(bundle));
  });
}

async function isPublished(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key: `models/${model}/manifest.json` }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function modelTool(
  appsFolder: string,
  signal: AbortSignal,
  ...args: readonly string[]
): Promise<void> {
  const script = join(appsFolder, 'ml-worker/model.js');
  const { exitCode, stderr } = await tryProgram(process.execPath, [script, ...args], {
    cwd: tmpdir(),
    timeoutMs: toolLimitMs,
    signal,
  });
  if (exitCode !== 0)
    throw new PipelineError('unexpected', `The model tool ${script} failed: ${stderr.trim()}`);
}
