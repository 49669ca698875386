import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { TerraformContext } from '../../core/context';
import type { ImageSources } from '../../core/images/image-publisher';
import type { App } from '../../core/names';

/**
 * `pipeline image`: builds or copies the images of a release of this commit that are missing from ECR.
 * @returns app → reference by digest; also in dist/pipeline/<env>/images.json
 */
export async function pushImages(
  context: TerraformContext,
  wanted: readonly App[],
  sources: Pick<ImageSources, 'appsFolder' | 'keepLayers'>,
): Promise<Readonly<Record<string, string>>> {
  const { workspace, environment, reporter, pointer } = context;
  const stacks = await context.synth();
  const previous = stacks.find((stack) => stack.previous)?.previous;
  const current = await pointer.read();
  const publish = await context.publishImages({ ...sources, current }, previous);
  const images: Record<string, string> = {};
  for (const app of wanted) {
    reporter.step(`image of ${app}`);
    images[app] = (await publish(app)).image;
  }
  await replaceJson(join(workspace.dist, 'pipeline', environment, 'images.json'), images);
  return images;
}
