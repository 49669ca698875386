import type { ECRClient } from '@aws-sdk/client-ecr';
import { PipelineError } from '../../errors';
import type { App } from '../names';
import type { BuiltImage } from '../releases/release';
import { docker, logIn, type BuildPlace } from './docker';
import { findImage, repositoryOf, repositoryUrl } from './registry';

const lastLines = 10;

/**
 * Makes the image that runs in the environment before available here, byte for byte: what was tested is what
 * runs. Nothing is copied if both environments use one registry.
 * @param tested full reference by digest, and its commit, which becomes the tag
 * @param source the registry that has it
 * @returns the full reference here, by the same digest
 * @throws PipelineError `environment` if there is no Docker, or no such image; `unexpected` if the copy is another image
 * @see https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/
 */
export async function promoteImage(
  place: BuildPlace,
  app: App,
  tested: BuiltImage,
  source: () => Promise<ECRClient>,
): Promise<string> {
  const { ecr, reporter } = place;
  const repository = repositoryOf(app);
  const url = await repositoryUrl(ecr, repository);
  const imageDigest = tested.image.slice(tested.image.indexOf('@') + 1);
  const promoted = `${url}@${imageDigest}`;
  const isHere = async () => (await findImage(ecr, repository, { imageDigest })) !== undefined;
  const short = `${repository}@${imageDigest.slice(0, 19)}`;
  if (await isHere()) {
    reporter.info(`${short} is in ECR, as it was tested`);
    return promoted;
  }
  if (promoted === tested.image)
    throw new PipelineError('environment', `ECR does not have ${short} any more.`);
  await logIn(place, await source());
  await logIn(place, ecr);
  const { exitCode, stderr } = await docker(place, [
    'buildx',
    'imagetools',
    'create',
    // Without this, a single manifest would be wrapped into an index, which has another digest. Buildx 0.15 has it.
    '--prefer-index=false',
    `--tag=${url}:${tested.commit}`,
    tested.image,
  ]);
  if (exitCode !== 0 || !(await isHere()))
    throw new PipelineError(
      'unexpected',
      `The image of ${app} was not copied.\n${stderr.split('\n').slice(-lastLines).join('\n')}`,
    );
  reporter.info(`${short} copied from the environment before`);
  return promoted;
}
