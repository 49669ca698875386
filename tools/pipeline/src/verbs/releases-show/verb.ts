import { asText, required } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const releasesShow = defineVerb({
  name: 'releases show',
  summary: 'show one release as JSON',
  options: { id: required('<id>', 'the id of the release', asText), env: environment },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, id }) {
    const { showRelease } = await import('./run');
    process.stdout.write(`${await showRelease(start.openAws(env), id)}\n`);
  },
});
