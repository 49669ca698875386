import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const unlock = defineVerb({
  name: 'unlock',
  summary: 'release the lock of an environment whose holder is gone',
  options: { env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: async (start, { env }) => (await import('./run')).unlockEnvironment(start.openAws(env)),
});
