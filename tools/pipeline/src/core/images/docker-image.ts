import {
  BatchGetImageCommand,
  ImageAlreadyExistsException,
  PutImageCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import { sha256Of } from '@clarity/schema';
import { PipelineError } from '../../errors';
import { dockerManifestOf, dockerManifestType, linuxImageOf } from './docker-manifest';

const indexTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const manifestTypes: readonly string[] = [
  dockerManifestType,
  'application/vnd.oci.image.manifest.v1+json',
];

/**
 * The same image with a Docker manifest, for SageMaker, which refuses the OCI images that Buildx pushes
 * ("Unsupported manifest media type"). Only a manifest is added to ECR: it names the layers that are there.
 * @param image full reference by digest
 * @returns full reference of the Docker image, by digest
 * @throws PipelineError if ECR does not have the image
 */
export async function dockerImageOf(ecr: ECRClient, image: string): Promise<string> {
  const [url = '', digest = ''] = image.split('@');
  const repositoryName = url.slice(url.indexOf('/') + 1);
  const read = async (imageDigest: string) => {
    const { images = [] } = await ecr.send(
      new BatchGetImageCommand({
        repositoryName,
        imageIds: [{ imageDigest }],
        acceptedMediaTypes: [...indexTypes, ...manifestTypes],
      }),
    );
    const { imageManifest, imageManifestMediaType = '' } = images[0] ?? {};
    if (imageManifest === undefined)
      throw new PipelineError('environment', `ECR does not have ${repositoryName}@${imageDigest}.`);
    return { manifest: imageManifest, type: imageManifestMediaType };
  };
  const found = await read(digest);
  const single = indexTypes.includes(found.type) ? await read(linuxImageOf(found.manifest)) : found;
  if (single.type === dockerManifestType) return image;
  const manifest = dockerManifestOf(single.manifest);
  const imageDigest = `sha256:${sha256Of(manifest)}`;
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: manifest,
        imageManifestMediaType: dockerManifestType,
        imageDigest,
        // Without a tag, the lifecycle of the repository would remove it.
        imageTag: `docker-${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof ImageAlreadyExistsException)) throw error;
  }
  return `${url}@${imageDigest}`;
}
