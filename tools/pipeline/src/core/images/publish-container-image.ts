import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Type from 'typebox';
import { parser } from '@clarity/schema';
import { commitTime } from '../../io/git';
import { PipelineError } from '../../errors';
import type { App } from '../names';
import { buildArguments } from './build-arguments';
import { docker, logIn, type BuildPlace } from './docker';
import { buildCache, findImage, repositoryOf, repositoryUrl } from './registry';

const lastLines = 30;

const parseMetadata = parser(
  'metadata file of Buildx',
  Type.Object({ 'containerimage.digest': Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }) }),
);

/**
 * Builds the image of an app at a commit and pushes it to ECR with the commit as its tag, unless ECR has it.
 * Tags never move there, so the first of two simultaneous builds wins.
 * @param keepLayers in ECR, for the next build; needs Buildx's docker-container driver
 * @returns the full reference by digest, as a task definition names it
 * @throws PipelineError if Docker is missing, or the build fails (with its last lines)
 */
export async function publishContainerImage(
  place: BuildPlace,
  app: App,
  { commit, keepLayers }: { readonly commit: string; readonly keepLayers: boolean },
): Promise<string> {
  const { reporter, workspace, ecr } = place;
  const repository = repositoryOf(app);
  const url = await repositoryUrl(ecr, repository);
  const tagged = { imageTag: commit };
  const known = await findImage(ecr, repository, tagged);
  if (known) {
    reporter.info(`${repository}@${known.slice(0, 19)} is in ECR`);
    return `${url}@${known}`;
  }
  await logIn(place, ecr);
  const metadataFile = join(workspace.dist, 'pipeline/images', `${app}.json`);
  await mkdir(dirname(metadataFile), { recursive: true });
  const built = await docker(place, [
    ...buildArguments({
      app,
      commit,
      committedAt: await commitTime(workspace.root, commit),
      reference: `${url}:${commit}`,
      metadataFile,
      cudaSha256: cudaSha256For(app),
      ...(keepLayers ? { layers: `${await repositoryUrl(ecr, buildCache)}:${app}` } : {}),
    }),
  ]);
  // Another run may have pushed this commit while we built it.
  const pushed = await findImage(ecr, repository, tagged);
  if (built.exitCode !== 0 && !pushed)
    throw new PipelineError(
      'unexpected',
      `The image of ${app} was not built.\n${built.stderr.split('\n').slice(-lastLines).join('\n')}`,
    );
  const digest =
    pushed ??
    parseMetadata(JSON.parse(await readFile(metadataFile, 'utf8')))['containerimage.digest'];
  reporter.info(`${repository}@${digest.slice(0, 19)} pushed`);
  return `${url}@${digest}`;
}

/** Without the checksum, other libraries could get into the image. */
function cudaSha256For(app: App): string {
  const sha256 = process.env['ONNXRUNTIME_CUDA_SHA256'] ?? '';
  if (app !== 'ml-worker' || /^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new PipelineError(
    'environment',
    'The ml-worker image needs the checksum of the CUDA libraries of ONNX Runtime.',
    'Set ONNXRUNTIME_CUDA_SHA256; see tools/images/README.md.',
  );
}
