import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';
import { watchNewest } from './run';

export const rollout = defineVerb({
  name: 'rollout',
  summary: 'watch the newest deployment of each service until it ends',
  options: { env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: (start, { env }) => watchNewest(start.openAws(env)),
});
