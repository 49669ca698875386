import { ImageAlreadyExistsException, PutImageCommand, type ECRClient } from '@aws-sdk/client-ecr';
import type { Reporter } from '../../io/reporter';
import { processImageType, storeProcessImage, type ProcessImage } from './process-image';
import { findImage } from './registry';

/**
 * Copies a process image into the store and records its digest in ECR, unless they are there.
 * @param target the repository's name and address, and the store's folder
 * @returns the full reference by digest, as a task definition names it
 */
export async function publishProcessImage(
  ecr: ECRClient,
  image: ProcessImage,
  target: { repository: string; url: string; store: string },
  reporter: Reporter,
): Promise<string> {
  const stored = await storeProcessImage(image, target.store);
  const registered = await register(ecr, image, target.repository);
  const short = image.digest.slice(0, 19);
  reporter.info(`${target.repository}@${short} ${stored || registered ? 'pushed' : 'is in ECR'}`);
  return `${target.url}@${image.digest}`;
}

async function register(ecr: ECRClient, image: ProcessImage, repository: string) {
  if (await findImage(ecr, repository, { imageDigest: image.digest })) return false;
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: image.manifest,
        imageManifestMediaType: processImageType,
        imageDigest: image.digest,
        imageTag: image.digest.slice('sha256:'.length, 'sha256:'.length + 12),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ImageAlreadyExistsException) return false;
    throw error;
  }
}
