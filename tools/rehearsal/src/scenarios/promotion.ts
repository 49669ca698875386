import { deploy } from './deploy';
import { pipeline } from './pipeline';
import { readRelease } from './releases';
import type { Scenario } from './scenario';

const next = 'localnext';

/** Its result: the image of the API, by digest. */
export const promotion: Scenario<string> = {
  name: 'promotion',
  summary: 'deploy the release to the environment after this one',
  needs: [deploy],
  async run(context) {
    await pipeline(context, 'apply', '--env', next, '--stacks', 'foundation', 'data');
    await pipeline(context, 'deploy', '--env', next);
    const { images: tested } = await readRelease(context);
    const { images: promoted } = await readRelease(context, next);
    if (JSON.stringify(promoted) !== JSON.stringify(tested))
      throw new Error(`${next} runs ${JSON.stringify(promoted)}, not ${JSON.stringify(tested)}.`);
    return promoted['api'] ?? '';
  },
  describe: (image) => `both environments run ${image.split('/').at(-1)?.slice(0, 40)}…`,
};
