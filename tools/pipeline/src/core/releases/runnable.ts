import { DescribeImagesCommand, ImageNotFoundException, type ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { PipelineError } from '../../errors';

/** `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@<digest>` */
const inEcr = /^(\d{12})\.dkr\.ecr\.[^/]+\/(?<repository>[^@]+)@(?<digest>sha256:[0-9a-f]{64})$/;

/**
 * Checks what UpdateService needs of an older release, before anything is stopped for it: a task definition
 * that nobody has deregistered, and an image that the lifecycle of its repository has not removed.
 * @param taskDefinition ARN
 * @param image full reference by digest; only an image in ECR is looked for
 * @throws PipelineError `noRelease`
 */
export async function assertRunnable(
  ecs: ECSClient,
  ecr: ECRClient,
  taskDefinition: string,
  image: string,
): Promise<void> {
  const { taskDefinition: found } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition }),
  );
  if (found?.status !== 'ACTIVE')
    throw gone(`The task definition ${taskDefinition} is ${found?.status ?? 'gone'}.`);
  const { repository: repositoryName, digest: imageDigest } = inEcr.exec(image)?.groups ?? {};
  if (!repositoryName || !imageDigest) return;
  try {
    await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }));
  } catch (error) {
    if (error instanceof ImageNotFoundException)
      throw gone(`ECR does not have ${repositoryName}@${imageDigest} any more.`);
    throw error;
  }
}

function gone(message: string): PipelineError {
  return new PipelineError(
    'noRelease',
    message,
    'Choose another release: npm run pipeline -- releases list --env <name>',
  );
}
