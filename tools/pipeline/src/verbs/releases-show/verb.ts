import { asText, required } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';
import { showRelease } from './run';

export const releasesShow = defineVerb({
  name: 'releases show',
  summary: 'show one release as JSON',
  options: { id: required('<id>', 'the id of the release', asText), env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: async (start, { env, id }) =>
    void process.stdout.write(`${await showRelease(start.openAws(env), id)}\n`),
});
