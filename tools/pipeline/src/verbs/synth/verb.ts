import { aws, environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const synth = defineVerb({
  name: 'synth',
  summary: 'write the Terraform JSON of an environment to dist/cdktf',
  options: { env: environment, aws },
  outputs: {},
  github: {},
  needs: 'nothing',
  builds: ['infra'],
  run: async (start, options) => (await import('./run')).writeStacks(start, options),
});
