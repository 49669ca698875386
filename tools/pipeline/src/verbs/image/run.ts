import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { AwsContext } from '../../core/context';
import type { ImageSources } from '../../core/images/image-publisher';
import type { App } from '../../core/names';

/**
 * `pipeline image`: builds and pushes the images that are missing from ECR.
 * @returns app → reference by digest; also in dist/pipeline/<env>/images.json
 */
export async function pushImages(
  { workspace, environment, reporter, publishImages }: AwsContext,
  wanted: readonly App[],
  sources: ImageSources,
): Promise<Readonly<Record<string, string>>> {
  const publish = await publishImages(sources);
  const images: Record<string, string> = {};
  for (const app of wanted) {
    reporter.step(`image of ${app}`);
    images[app] = await publish(app);
  }
  await replaceJson(join(workspace.dist, 'pipeline', environment, 'images.json'), images);
  return images;
}
