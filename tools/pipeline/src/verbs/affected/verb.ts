import { parseEnvironmentName } from '../../core/environment';
import { asText, defaulted, optional } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const affected = defineVerb({
  name: 'affected',
  summary: 'list what has changed since the current release',
  options: {
    env: optional(environment.flags, environment.description, parseEnvironmentName),
    base: optional(
      '--base <commit>',
      'compare with this commit, not with the current release; needs no AWS',
      asText,
    ),
    head: defaulted('--head <commit>', 'the commit to compare', 'HEAD', asText),
  },
  outputs: {
    base: 'the commit compared with; empty if everything counts as changed',
    projects: 'affected projects, a JSON list',
    apps: 'affected apps, a JSON list',
    stacks: 'affected stacks, a JSON list',
    deploy: '`true` if there is anything to deploy',
  },
  github: {},
  needs: 'aws',
  builds: [],
  run: async (...given) => (await import('./run')).findAffected(...given),
});
