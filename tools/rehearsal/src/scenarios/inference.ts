import { readApplied, totalResources, type AppliedStack } from '../report/pipeline-records';
import { deploy } from './deploy';
import { asDeployJob, pipeline } from './pipeline';
import type { Scenario } from './scenario';

export const inference: Scenario<readonly AppliedStack[]> = {
  name: 'inference',
  summary: 'apply SageMaker and Batch with the images of the release',
  needs: [deploy],
  async run(context) {
    await pipeline(asDeployJob(context), 'inference', '--env', 'local');
    return readApplied(context.root);
  },
  describe: (stacks) => `${totalResources(stacks)} resources, with a Docker manifest of the worker`,
};
