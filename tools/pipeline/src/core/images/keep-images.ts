import type { ECRClient } from '@aws-sdk/client-ecr';
import type { EnvironmentName } from '../environment';
import { apps } from '../names';
import type { Release } from '../releases/release';
import { putManifest, readManifest, repositoryOf, shortDigest } from './registry';

/**
 * Tags the images of a release that succeeded as `release-<environment>-<start of the digest>`: the lifecycle of the
 * repositories keeps those for rollbacks, so many for each environment, and removes other builds sooner.
 * @throws PipelineError `environment` if ECR does not have one
 */
export async function keepImages(
  ecr: ECRClient,
  environment: EnvironmentName,
  { images }: Pick<Release, 'images'>,
): Promise<void> {
  for (const app of apps) {
    const repository = repositoryOf(app);
    const digest = images[app].slice(images[app].indexOf('@') + 1);
    const stored = await readManifest(ecr, repository, digest);
    await putManifest(ecr, repository, {
      digest,
      ...stored,
      tag: `release-${environment}-${shortDigest(digest)}`,
    });
  }
}
