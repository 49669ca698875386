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
  outputs: {
    release: 'id of the new current release',
    commit:
      'of the last deploy that succeeded, whose infrastructure is in place; empty if there is none',
  },
  github: {},
  needs: 'aws',
  builds: [],
  async run(start, { env, to, service, dryRun, reason }, output) {
    const [{ rollBack }, { deployedCommit }] = await Promise.all([
      import('./run'),
      import('./deployed-commit'),
    ]);
    const context = start.openAws(env);
    const release = await rollBack(context, {
      services: service,
      dryRun,
      // A field of the workflow's form that was left empty arrives as an empty text.
      wanted: to || undefined,
      reason: reason?.slice(0, 500) || undefined,
    });
    if (!release) return;
    output('release', release.id);
    output('commit', (await deployedCommit(context)) ?? '');
  },
});
