import { join } from 'node:path';
import { apps, parseApp } from '../../core/names';
import { list, toggle } from '../../option';
import { appsFolder, environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const image = defineVerb({
  name: 'image',
  summary: 'build, or copy from the environment before, the images that are missing from ECR',
  options: {
    env: environment,
    only: list('--only <apps...>', `only these: ${apps.join(', ')}`, parseApp, apps),
    apps: appsFolder,
    keepLayers: toggle(
      '--keep-layers',
      "keep layers in ECR for the next build; needs Buildx's container driver",
    ),
  },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra', 'api', 'ml-worker'],
  async run(start, { env, only, apps: folder = join(start.workspace.dist, 'apps'), keepLayers }) {
    const { pushImages } = await import('./run');
    const context = await start.openTerraform(env);
    const images = await pushImages(context, only, { appsFolder: folder, keepLayers });
    process.stdout.write(`${JSON.stringify(images)}\n`);
  },
});
