import { author, environment, repository } from '../../shared-options';
import { defineVerb } from '../../verb';

export const drift = defineVerb({
  name: 'drift',
  summary: 'compare an environment with its code; with GITHUB_TOKEN, keep an issue about it',
  options: { env: environment, repository, author },
  outputs: {
    drift: '`true` if the environment differs from its code',
    action: 'what happened to the issue: `opened`, `updated`, `unchanged`, `closed` or `none`',
    issue: 'its number',
  },
  github: { issues: 'write' },
  needs: 'terraform',
  builds: ['infra'],
  run: async (start, { env, ...options }, output) =>
    (await import('./run')).reportDrift(await start.openTerraform(env), options, output),
});
