import { join } from 'node:path';
import { currentCommit } from '../../io/git';
import type { Workspace } from '../../io/workspace';
import { imageKindOf, type EnvironmentName } from '../environment';
import { PipelineError } from '../../errors';
import type { App } from '../names';
import { describeProcessImage } from './process-image';
import { publishContainerImage, type BuildPlace } from './publish-container-image';
import { publishProcessImage } from './publish-process-image';
import { repositoryOf, repositoryUrl } from './registry';

/**
 * Publishes the image of an app at this commit to the environment's ECR, unless it is there already.
 * @returns the full reference by digest
 */
export type ImagePublisher = (app: App) => Promise<string>;

export interface ImageSources {
  /** Has a folder for each built app, from which process images are made. */
  readonly appsFolder: string;
  /** Whether ECR keeps the layers of container images; see {@link publishContainerImage}. */
  readonly keepLayers?: boolean;
}

/** @throws PipelineError `usage` if container images are built from a tree with uncommitted changes */
export async function imagePublisher(
  environment: EnvironmentName,
  place: BuildPlace,
  { appsFolder, keepLayers = false }: ImageSources,
): Promise<ImagePublisher> {
  const { workspace, reporter, ecr } = place;
  if (imageKindOf(environment) === 'container') {
    const commit = await cleanCommit(workspace);
    return (app) => publishContainerImage(place, app, { commit, keepLayers });
  }
  const store = process.env['CLARITY_IMAGE_STORE'] ?? join(workspace.local, 'images');
  return async (app) => {
    const repository = repositoryOf(app);
    const image = await describeProcessImage(repository, join(appsFolder, app));
    const target = { repository, url: await repositoryUrl(ecr, repository), store };
    return publishProcessImage(ecr, image, target, reporter);
  };
}

/** A tag that is a commit must name what is in the image. */
async function cleanCommit({ root }: Workspace): Promise<string> {
  const commit = await currentCommit(root);
  if (/^[0-9a-f]{40}$/.test(commit)) return commit;
  throw new PipelineError(
    'usage',
    `Images are built from commits, and this tree is "${commit}".`,
    'Commit the changes first.',
  );
}
