import { asText, required } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const releasesDiff = defineVerb({
  name: 'releases diff',
  summary: 'show what differs between two releases',
  options: {
    from: required('<from>', 'the id of one release', asText),
    to: required('<to>', 'the id of the other', asText),
    env: environment,
  },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, from, to }) {
    const { compareReleases } = await import('./run');
    process.stdout.write(`${await compareReleases(start.openAws(env), from, to)}\n`);
  },
});
