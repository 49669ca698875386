import { bootstrap } from './bootstrap';
import { deploy } from './deploy';
import { modelBundle } from './model-bundle';
import { asDeployJob, inBackground, pipeline } from './pipeline';
import { readRelease } from './releases';
import type { Scenario } from './scenario';
import { startGitHub } from './start-github';

const next = 'localnext';

export const nextModel: Scenario<void> = {
  name: 'next-model',
  summary:
    'apply the data stack of the environment after this one as a job would, and publish the model there',
  needs: [bootstrap, startGitHub, modelBundle],
  async run(context) {
    await pipeline(
      asDeployJob(inBackground(context), next),
      'apply',
      '--env',
      next,
      '--stacks',
      'data',
    );
    const bundle = context.resultOf(modelBundle);
    await pipeline(context, 'publish-model', '--env', next, '--bundle', bundle);
  },
  describe: () => 'the role of deploys may create all that it has to change later',
};

/** Its result: the image of the API, by digest. */
export const promotion: Scenario<string> = {
  name: 'promotion',
  summary: 'deploy the release to the environment after this one',
  needs: [deploy, nextModel],
  async run(context) {
    const { images: tested } = await readRelease(context);
    await pipeline(asDeployJob(inBackground(context), next), 'deploy', '--env', next);
    const { images: promoted } = await readRelease(context, next);
    if (JSON.stringify(promoted) !== JSON.stringify(tested))
      throw new Error(`${next} runs ${JSON.stringify(promoted)}, not ${JSON.stringify(tested)}.`);
    return promoted['api'] ?? '';
  },
  describe: (image) => `both environments run ${image.split('/').at(-1)?.slice(0, 40)}…`,
};
