import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import type { AwsContext } from '../../core/context';
import { runCommand } from '../../io/run-command';
import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { putBundle, readBundle } from '../../core/models/model-bundle';

/** What the worker of every environment loads (MODEL_PREFIX of its task definition). */
const model = 'pat-s';
const toolLimitMs = 120_000;

/**
 * For the embedded AWS alone, which starts empty and whose worker would otherwise never get healthy:
 * publishes a model with seeded weights of no clinical meaning, unless a model is there.
 * @param appsFolder holds the built worker and its tool that makes models
 */
export async function publishSyntheticModel(
  { reporter, signal }: Pick<AwsContext, 'reporter' | 'signal'>,
  bucket: string,
  appsFolder: string,
): Promise<void> {
  const s3 = new S3Client({ region, forcePathStyle: true });
  if (await isPublished(s3, bucket)) return;
  reporter.step(`publish model ${model} with synthetic weights (no clinical meaning; local only)`);
  const folder = await mkdtemp(join(tmpdir(), 'clarity-model-'));
  try {
    const [weights, bundle] = [join(folder, 'weights.h5'), join(folder, 'bundle')];
    const size = ['--size', 'S'];
    await modelTool(appsFolder, signal, 'synthesize', ...size, '--out', weights);
    await modelTool(
      appsFolder,
      signal,
      'import',
      weights,
      ...size,
      '--name',
      model,
      '--out',
      bundle,
    );
    await putBundle(s3, bucket, await readBundle(bundle));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
  const { code, stderr } = await runCommand(process.execPath, [script, ...args], {
    cwd: tmpdir(),
    timeoutMs: toolLimitMs,
    signal,
  });
  if (code !== 0)
    throw new PipelineError('unexpected', `The model tool ${script} failed: ${stderr.trim()}`);
}
