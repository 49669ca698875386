import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  ImageAlreadyExistsException,
  ImageNotFoundException,
  PutImageCommand,
  RepositoryNotFoundException,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import { PipelineError } from '../../errors';
import type { App } from '../names';
import { dockerManifestType } from './docker-manifest';

/** Name of an app's ECR repository, as infra gives it. */
export const repositoryOf = (app: App) => `clarity-${app}`;

/** Name of the repository whose tags may move: one per app, with the layers of its builds. */
export const buildCache = 'clarity-build-cache';

/**
 * @returns the repository's address, to push to and to name images by
 * @throws PipelineError if the account does not have it
 */
export async function repositoryUrl(ecr: ECRClient, repository: string): Promise<string> {
  try {
    const { repositories = [] } = await ecr.send(
      new DescribeRepositoriesCommand({ repositoryNames: [repository] }),
    );
    return repositories[0]?.repositoryUri ?? missing(repository);
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) missing(repository);
    throw error;
  }
}

function missing(repository: string): never {
  throw new PipelineError(
    'environment',
    `The account has no ECR repository ${repository}.`,
    'Run: npm run pipeline -- bootstrap --account <account>',
  );
}

/** @returns the digest of an image by tag or digest; undefined if ECR does not have it */
export async function findImage(
  ecr: ECRClient,
  repository: string,
  image: { readonly imageTag: string } | { readonly imageDigest: string },
): Promise<string | undefined> {
  try {
    const { imageDetails = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: repository, imageIds: [image] }),
    );
    return imageDetails[0]?.imageDigest;
  } catch (error) {
    if (error instanceof ImageNotFoundException) return undefined;
    throw error;
  }
}

export const indexTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const manifestTypes = [dockerManifestType, 'application/vnd.oci.image.manifest.v1+json'];

/**
 * @returns the text of an image's manifest or index, and its media type
 * @throws PipelineError `environment` if ECR does not have it
 */
export async function readManifest(
  ecr: ECRClient,
  repositoryName: string,
  imageDigest: string,
): Promise<{ manifest: string; type: string }> {
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
}

/** Adds a tag to an image of a repository, or an image with its tag. Nothing happens if it is there. */
export async function putManifest(
  ecr: ECRClient,
  repositoryName: string,
  image: {
    readonly digest: string;
    readonly manifest: string;
    readonly type: string;
    readonly tag: string;
  },
): Promise<void> {
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: image.manifest,
        imageManifestMediaType: image.type,
        imageDigest: image.digest,
        imageTag: image.tag,
      }),
    );
  } catch (error) {
    if (!(error instanceof ImageAlreadyExistsException)) throw error;
  }
}

/** The start of a digest, for tags: `sha256:1f2e…` → 12 hex digits. */
export function shortDigest(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}

/** Credentials for `docker login`, valid for twelve hours. */
export async function registryLogin(
  ecr: ECRClient,
): Promise<{ registry: string; user: string; password: string }> {
  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { authorizationToken = '', proxyEndpoint = '' } = authorizationData[0] ?? {};
  const [user, password] = Buffer.from(authorizationToken, 'base64').toString('utf8').split(':');
  if (!user || !password) throw new PipelineError('unexpected', 'ECR returned no login token.');
  return { registry: proxyEndpoint.replace(/^https?:\/\//, ''), user, password };
}
