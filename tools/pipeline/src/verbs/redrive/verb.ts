import { toggle } from '../../option';
import { environment } from '../../shared-options';
import { defineVerb } from '../../verb';

export const redrive = defineVerb({
  name: 'redrive',
  summary: 'send dead letters of the analysis jobs to the workers again',
  options: {
    env: environment,
    dryRun: toggle('--dry-run', 'count them, and change nothing'),
  },
  outputs: {},
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, dryRun }) {
    const { redriveJobs } = await import('./run');
    await redriveJobs(start.openAws(env), { dryRun });
  },
});
