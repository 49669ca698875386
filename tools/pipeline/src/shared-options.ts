import { parseApprovedChanges } from './core/approval/approved-changes';
import { environmentNames, parseAwsTarget, parseEnvironmentName } from './core/environment';
import { actionsBot } from './core/github/comments';
import { apps, parseApp } from './core/names';
import { asText, defaulted, list, optional, required } from './option';

/** Options that several verbs have. */
export const environment = required(
  '-e, --env <name>',
  `environment: ${environmentNames.join(', ')}`,
  parseEnvironmentName,
);
export const aws = defaulted(
  '--aws <target>',
  'own: its account; embedded: as it would be on an empty embedded AWS',
  'own',
  parseAwsTarget,
);
export const stacks = list(
  '-s, --stacks <names...>',
  'only these stacks, e.g. foundation data',
  asText,
);
export const approved = optional(
  '--approved <json>',
  'refuse changes of the infrastructure beyond these, an output of `review`',
  parseApprovedChanges,
);
export const service = defaulted('--service <app>', `all, ${apps.join(' or ')}`, 'all', (name) =>
  name === 'all' ? apps : [parseApp(name)],
);
export const repository = optional(
  '--repository <owner/name>',
  'default: GITHUB_REPOSITORY',
  asText,
);
export const author = defaulted(
  '--author <login>',
  'the login that GITHUB_TOKEN writes as; only comments and issues by it are ours',
  actionsBot,
  asText,
);
export const appsFolder = optional(
  '--apps <folder>',
  'the built apps, from which process images are made; default: dist/apps',
  asText,
);
