import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';
import { unlockEnvironment } from './run';

export const unlock = defineVerb({
  name: 'unlock',
  summary: 'release the lock of an environment whose holder is gone',
  options: { env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: (start, { env }) => unlockEnvironment(start.openAws(env)),
});
