import { approved, environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const inference = defineVerb({
  name: 'inference',
  summary: 'apply the inference stack (SageMaker, Batch) with the images of the current release',
  options: { env: environment, approved },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra'],
  async run(start, { env, approved: changes }) {
    const context = await start.openTerraform(env);
    const { applyInference } = await import('./run');
    await applyInference(context, changes);
  },
});
