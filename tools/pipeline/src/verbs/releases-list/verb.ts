import { PipelineError } from '../../errors';
import { defaulted } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';
import { listReleases } from './run';

export const releasesList = defineVerb({
  name: 'releases list',
  summary: 'list releases, newest first, with the current one marked',
  options: {
    env: environment,
    limit: defaulted('--limit <n>', 'how many', '20', parseLimit),
  },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  run: async (start, { env, limit }) =>
    void process.stdout.write(`${await listReleases(start.openAws(env), limit)}\n`),
});

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new PipelineError('usage', `--limit is "${text}", which is not a positive number.`);
}
