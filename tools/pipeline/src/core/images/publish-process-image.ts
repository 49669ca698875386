import type { ECRClient } from '@aws-sdk/client-ecr';
import type { Reporter } from '../../io/reporter';
import { processImageType, storeProcessImage, type ProcessImage } from './process-image';
import { findImage, putManifest, shortDigest } from './registry';

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
  const { digest, manifest } = image;
  const isStored = !(await storeProcessImage(image, target.store));
  const isKnown = (await findImage(ecr, target.repository, { imageDigest: digest })) !== undefined;
  if (!isKnown) {
    const tag = shortDigest(digest);
    await putManifest(ecr, target.repository, { digest, manifest, type: processImageType, tag });
  }
  const short = `${target.repository}@${digest.slice(0, 19)}`;
  reporter.info(`${short} ${isStored && isKnown ? 'is in ECR' : 'pushed'}`);
  return `${target.url}@${digest}`;
}
