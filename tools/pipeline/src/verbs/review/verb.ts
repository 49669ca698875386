import { asText, optional } from '../../option';
import { author, environment, repository } from '../../shared-options';
import { defineVerb } from '../../verb';

export const review = defineVerb({
  name: 'review',
  summary: 'check that pull requests since the current release reviewed what `plan` planned',
  options: {
    env: environment,
    commit: optional('--commit <sha>', 'default: GITHUB_SHA, else the checked-out commit', asText),
    repository,
    author,
  },
  outputs: {
    reviewed: '`true` if every change was reviewed',
    changes: 'the changes as JSON, for `deploy --approved`',
  },
  github: { actions: 'read', 'pull-requests': 'read' },
  needs: 'aws',
  builds: [],
  run: async (start, { env, ...options }, output) =>
    (await import('./run')).reviewEnvironment(start.openAws(env), options, output),
});
