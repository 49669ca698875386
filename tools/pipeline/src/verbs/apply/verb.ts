import { environment, stacks } from '../../shared-options';
import { defineVerb } from '../../verb';

export const apply = defineVerb({
  name: 'apply',
  summary: 'apply the infrastructure; images stay as they are',
  options: { env: environment, stacks },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra'],
  run: async (start, { env, stacks: wanted }) =>
    (await import('./run')).applyEnvironment(await start.openTerraform(env), wanted),
});
