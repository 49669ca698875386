import { join } from 'node:path';
import { parseApprovedChanges } from '../../core/approval/approved-changes';
import { optional } from '../../option';
import { appsFolder, environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const deploy = defineVerb({
  name: 'deploy',
  summary: 'apply with the images of this build, roll them out, move the release pointer',
  options: {
    env: environment,
    apps: appsFolder,
    approved: optional(
      '--approved <json>',
      'refuse changes of the infrastructure beyond these, an output of `review`',
      parseApprovedChanges,
    ),
  },
  outputs: { url: 'address of the API', release: 'id of the new current release' },
  github: {},
  needs: 'terraform',
  builds: ['infra', 'api', 'ml-worker'],
  async run(start, { env, apps = join(start.workspace.dist, 'apps'), approved }, output) {
    const context = await start.openTerraform(env);
    const { deployRelease } = await import('./run');
    await deployRelease(context, { appsFolder: apps, approved }, output);
  },
});
