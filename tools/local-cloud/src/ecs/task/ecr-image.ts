import { AwsServiceError, type CallJson } from '../../moto/aws-json';
import { imageNotFound } from '../runtime/task-runtime';

/** An image of ECR, taken from its reference. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly imageId: { readonly imageDigest: string } | { readonly imageTag: string };
}

const ecrReference =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^@:]+)(?:@(sha256:[0-9a-f]{64})|:([\w.-]+))?$/;

/** Takes `<account>.dkr.ecr.<region>.amazonaws.com/<repository>` apart; undefined for another registry. */
export function ecrImage(reference: string): EcrImage | undefined {
  const [, account, region, repository, imageDigest, imageTag = 'latest'] =
    ecrReference.exec(reference) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return { account, region, repository, imageId: imageDigest ? { imageDigest } : { imageTag } };
}

/**
 * Asks ECR for an image that a task of this account is to run; any other registry is not asked.
 * @throws CannotStartContainer `CannotPullContainerError: …` if it is not in its repository
 */
export async function checkInEcr(
  call: CallJson,
  reference: string,
  account: string,
): Promise<void> {
  const image = ecrImage(reference);
  if (image?.account !== account) return;
  const { region, repository, imageId } = image;
  const target = 'AmazonEC2ContainerRegistry_V20150921.DescribeImages';
  await call(
    { service: 'ecr', region, target },
    { repositoryName: repository, imageIds: [imageId] },
  ).catch((cause: unknown) => {
    const missing = cause instanceof AwsServiceError && /NotFoundException$/.test(cause.code);
    throw missing ? imageNotFound(reference) : cause;
  });
}
