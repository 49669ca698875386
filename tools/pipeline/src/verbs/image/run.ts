import { join } from 'node:path';
import type { AwsContext } from '../../core/context';
import { writeJson } from '../../io/write-json';
import { PipelineError } from '../../core/errors';
import { imagePublisher } from '../../core/images/image-publisher';
import { apps, type App } from '../../core/names';

/** @throws PipelineError for an app that does not exist */
export function parseApps(names: readonly string[]): readonly App[] {
  return names.map((name) => {
    const app = apps.find((candidate) => candidate === name);
    if (app) return app;
    throw new PipelineError(
      'usage',
      `There is no app "${name}".`,
      `Choose from ${apps.join(', ')}.`,
    );
  });
}

export interface ImageOptions {
  readonly apps: readonly App[];
  readonly appsFolder: string;
  readonly keepLayers: boolean;
}

/**
 * `pipeline image`: builds and pushes what ECR does not have.
 * @returns app → reference by digest; also in dist/pipeline/<env>/images.json
 */
export async function image(
  context: AwsContext,
  { apps: wanted, ...sources }: ImageOptions,
): Promise<Readonly<Record<string, string>>> {
  const publish = await imagePublisher(context, sources);
  const images: Record<string, string> = {};
  for (const app of wanted) {
    context.reporter.step(`image of ${app}`);
    images[app] = await publish(app);
  }
  const path = join(context.workspace.dist, 'pipeline', context.environment, 'images.json');
  await writeJson(path, images);
  return images;
}
