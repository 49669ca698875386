import type { ECRClient } from '@aws-sdk/client-ecr';
import { sha256Of } from '@clarity/schema';
import { dockerManifestOf, dockerManifestType, linuxImageOf } from './docker-manifest';
import { indexTypes, putManifest, readManifest, shortDigest } from './registry';

/**
 * The same image with a Docker manifest, for SageMaker, which refuses the OCI images that Buildx pushes
 * ("Unsupported manifest media type"). Only a manifest is added to ECR: it names the layers that are there.
 * @param image full reference by digest
 * @returns full reference of the Docker image, by digest
 * @throws PipelineError if ECR does not have the image
 */
export async function dockerImageOf(ecr: ECRClient, image: string): Promise<string> {
  const [url = '', imageDigest = ''] = image.split('@');
  const repository = url.slice(url.indexOf('/') + 1);
  const found = await readManifest(ecr, repository, imageDigest);
  const single = indexTypes.includes(found.type)
    ? await readManifest(ecr, repository, linuxImageOf(found.manifest))
    : found;
  if (single.type === dockerManifestType) return image;
  const manifest = dockerManifestOf(single.manifest);
  const digest = `sha256:${sha256Of(manifest)}`;
  // Without a tag, the lifecycle of the repository would remove it.
  const tag = `docker-${shortDigest(imageDigest)}`;
  await putManifest(ecr, repository, { digest, manifest, type: dockerManifestType, tag });
  return `${url}@${digest}`;
}
