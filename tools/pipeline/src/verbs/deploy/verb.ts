import { join } from 'node:path';
import { appsFolder, approved, environment, service } from '../../shared-options';
import { defineVerb } from '../../verb';

export const deploy = defineVerb({
  name: 'deploy',
  summary: 'apply with the images of this build, roll them out, move the release pointer',
  options: {
    env: environment,
    service,
    apps: appsFolder,
    approved,
  },
  outputs: { url: 'address of the API', release: 'id of the new current release' },
  github: {},
  needs: 'terraform',
  builds: ['infra', 'api', 'ml-worker'],
  async run(
    start,
    { env, service: services, apps = join(start.workspace.dist, 'apps'), approved: changes },
    output,
  ) {
    const context = await start.openTerraform(env);
    const { deployRelease } = await import('./run');
    await deployRelease(context, { services, appsFolder: apps, approved: changes }, output);
  },
});
