import { PipelineError } from '../../errors';
import { asText, optional } from '../../option';
import { author, repository } from '../../shared-options';
import { defineVerb } from '../../verb';

export const comment = defineVerb({
  name: 'comment',
  summary: 'show a plan in its pull request, in one comment that is edited in place',
  options: {
    report: optional('--report <path>', 'the plan-report.json that `plan` wrote', asText),
    reports: optional(
      '--reports <folder>',
      'has the reports of several environments; each gets its own comment',
      asText,
    ),
    pullRequest: optional(
      '--pull-request <number>',
      'default: the pull request that the workflow runs for',
      parseNumber,
    ),
    repository,
    author,
  },
  outputs: {
    'comment-id': 'of the comment',
    'comment-url': 'its page',
    'comment-action': '`created`, `updated` or `unchanged`',
  },
  github: { 'pull-requests': 'write' },
  needs: 'nothing',
  builds: [],
  run: async (...given) => (await import('./run')).commentOnPullRequest(...given),
});

function parseNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new PipelineError('usage', `"${text}" is not the number of a pull request.`);
}
