import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const rollout = defineVerb({
  name: 'rollout',
  summary: 'watch the newest deployment of each service until it ends',
  options: { env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: async (start, { env }) => (await import('./run')).watchNewest(start.openAws(env)),
});
