import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from './pipeline';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

export const bootstrap: Scenario<string> = {
  name: 'bootstrap',
  summary: 'bootstrap a new account: state bucket, roles, image repositories',
  needs: [startAws],
  async run(context) {
    await rm(join(context.root, '.local/bootstrap/embedded.tfstate'), { force: true });
    return pipeline(context, 'bootstrap', '--account', 'embedded');
  },
  describe: () => 'the state moved into the bucket that it describes',
};
