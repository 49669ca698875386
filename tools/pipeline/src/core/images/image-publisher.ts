import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import type { AwsContext } from '../context';
import { currentCommit } from '../../io/git';
import { imageKindOf, region } from '../environment';
import { PipelineError } from '../errors';
import type { App } from '../names';
import { describeProcessImage } from './process-image';
import { publishContainerImage } from './publish-container-image';
import { publishProcessImage } from './publish-process-image';
import { repositoryOf, repositoryUrl } from './registry';

/**
 * Brings the image of an app at this commit to where the environment's ECS finds it, once.
 * @returns the full reference by digest
 */
export type ImagePublisher = (app: App) => Promise<string>;

/**
 * @param appsFolder holds a folder for each built app; process images are made of them
 * @param keepLayers of container images, in ECR; see {@link publishContainerImage}
 */
export async function imagePublisher(
  context: AwsContext,
  {
    appsFolder,
    keepLayers = false,
  }: { readonly appsFolder: string; readonly keepLayers?: boolean },
): Promise<ImagePublisher> {
  const ecr = new ECRClient({ region });
  if (imageKindOf(context.environment) === 'container') {
    const commit = await cleanCommit(context);
    return (app) => publishContainerImage(context, ecr, app, { commit, keepLayers });
  }
  const store = process.env['CLARITY_IMAGE_STORE'] ?? join(context.workspace.local, 'images');
  return async (app) => {
    const repository = repositoryOf(app);
    const image = await describeProcessImage(repository, join(appsFolder, app));
    const target = { repository, url: await repositoryUrl(ecr, repository), store };
    return publishProcessImage(ecr, image, target, context.reporter);
  };
}

/** A tag that is a commit must not lie about what is in the image. */
async function cleanCommit({ workspace }: AwsContext): Promise<string> {
  const commit = await currentCommit(workspace.root);
  if (/^[0-9a-f]{40}$/.test(commit)) return commit;
  throw new PipelineError(
    'usage',
    `Images are built from commits, and this tree is "${commit}".`,
    'Commit the changes first.',
  );
}
