import { asText, optional, toggle } from '../../option';
import { environment, service } from '../../shared-options';
import { defineVerb } from '../../verb';

export const rollback = defineVerb({
  name: 'rollback',
  summary: 'bring back the last good release',
  options: {
    env: environment,
    to: optional('--to <release>', 'this release instead of the last good one', asText),
    service,
    dryRun: toggle('--dry-run', 'report what would be brought back, and change nothing'),
    reason: optional('--reason <text>', 'why; recorded in the ledger', asText),
  },
  outputs: { release: 'id of the new current release' },
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, to, service, dryRun, reason }, output) {
    const { rollBack } = await import('./run');
    const release = await rollBack(start.openAws(env), {
      services: service,
      dryRun,
      // A field of the workflow's form that was left empty arrives as an empty text.
      wanted: to || undefined,
      reason: reason?.slice(0, 500) || undefined,
    });
    if (release) output('release', release.id);
  },
});
