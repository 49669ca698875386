import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { currentCommit } from '../../io/git';
import { affectedSince } from '../affected/affected-since';
import { imageKindOf, type EnvironmentName } from '../environment';
import { PipelineError } from '../../errors';
import type { App } from '../names';
import { imageIn, type BuiltImage, type Release } from '../releases/release';
import type { BuildPlace } from './docker';
import { describeProcessImage } from './process-image';
import { promoteImage } from './promote-image';
import { publishContainerImage } from './publish-container-image';
import { publishProcessImage } from './publish-process-image';
import { repositoryOf, repositoryUrl } from './registry';

/**
 * Finds the image of an app for a release of this commit, and publishes it to the environment's ECR unless it is
 * there already. An image is built once: it stays while its app does not change, and the environments after the
 * first run the image that was tested before them.
 */
export type ImagePublisher = (app: App) => Promise<BuiltImage>;

export interface ImageSources {
  /** Has a folder for each built app, from which process images are made. */
  readonly appsFolder: string;
  /** Whether ECR keeps the layers of container images; see {@link publishContainerImage}. */
  readonly keepLayers?: boolean;
  /** The current release. */
  readonly current: Release | undefined;
  /** What is current in the environment before, and the registry that has its images. */
  readonly tested:
    { readonly release: Release; readonly ecr: () => Promise<ECRClient> } | undefined;
}

export function imagePublisher(
  environment: EnvironmentName,
  place: BuildPlace,
  { current, tested, ...sources }: ImageSources,
): ImagePublisher {
  const { workspace, reporter, signal } = place;
  const isContainer = imageKindOf(environment) === 'container';
  let comparison: ReturnType<typeof affectedSince> | undefined;
  const isUnchanged = async (app: App, { gitSha }: Release) => {
    const { apps } = await (comparison ??= affectedSince(workspace, gitSha, signal));
    return !apps.includes(app);
  };
  return async (app) => {
    if (tested) {
      const built = imageIn(tested.release, app);
      return { ...built, image: await promoteImage(place, app, built, tested.ecr) };
    }
    const commit = await currentCommit(workspace.root);
    if (isContainer) assertCommit(commit);
    // The digest of a process image is that of its files, so an equal one is found by making it.
    if (isContainer && current && (await isUnchanged(app, current))) {
      reporter.info(`${app} has not changed since ${current.id}`);
      return imageIn(current, app);
    }
    const image = isContainer
      ? await publishContainerImage(place, app, { commit, keepLayers: sources.keepLayers ?? false })
      : await publishFolder(place, app, sources.appsFolder);
    return current?.images[app] === image ? imageIn(current, app) : { image, commit };
  };
}

async function publishFolder(
  { ecr, workspace, reporter }: BuildPlace,
  app: App,
  appsFolder: string,
): Promise<string> {
  const store = process.env['CLARITY_IMAGE_STORE'] ?? join(workspace.local, 'images');
  const repository = repositoryOf(app);
  const image = await describeProcessImage(repository, join(appsFolder, app));
  const target = { repository, url: await repositoryUrl(ecr, repository), store };
  return publishProcessImage(ecr, image, target, reporter);
}

/** A tag that is a commit must name what is in the image. */
function assertCommit(commit: string): void {
  if (/^[0-9a-f]{40}$/.test(commit)) return;
  throw new PipelineError(
    'usage',
    `Images are built from commits, and this tree is "${commit}".`,
    'Commit the changes first.',
  );
}
