import { PipelineError } from '../../errors';
import { defaulted, toggle } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const releasesList = defineVerb({
  name: 'releases list',
  summary: 'list releases, newest first, with the current one marked',
  options: {
    env: environment,
    json: toggle('--json', 'as a JSON list of whole releases'),
    limit: defaulted('--limit <n>', 'how many', '20', parseLimit),
  },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, limit, json }) {
    const { listReleases, listReleasesAsJson } = await import('./run');
    const list = json ? listReleasesAsJson : listReleases;
    process.stdout.write(`${await list(start.openAws(env), limit)}\n`);
  },
});

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new PipelineError('usage', `--limit is "${text}", which is not a positive number.`);
}
