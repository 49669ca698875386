import { asText, optional } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const verify = defineVerb({
  name: 'verify',
  summary: 'check that what a release needs exists: images, secrets, roles, target groups, logs',
  options: {
    env: environment,
    release: optional('--release <id>', 'default: the current one', asText),
  },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, release }) {
    const { verifyRelease } = await import('./run');
    await verifyRelease(start.openAws(env), release);
  },
});
