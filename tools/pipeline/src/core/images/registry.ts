import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import { PipelineError } from '../../errors';
import type { App } from '../names';

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
