import { deploy } from './deploy';
import { expectRun } from './expect-run';
import { merge, pushBrokenRelease, pushDocuments } from './pushes';
import { commitOf, expectRelease } from './releases';
import type { Scenario } from './scenario';
import { startGitHub } from './start-github';

/** A reason with characters that a shell would interpret. */
const reason = 'rehearsed "quotes"; $(id)';

export const rollbackDispatch: Scenario<void> = {
  name: 'rollback-dispatch',
  summary: 'dispatch a rollback to the first release',
  needs: [merge],
  after: [pushDocuments, pushBrokenRelease],
  async run(context) {
    const { release } = context.resultOf(deploy);
    const { repository } = context.resultOf(startGitHub);
    await expectRun(context, {
      what: this.summary,
      file: 'rollback.yml',
      conclusion: 'success',
      event: {
        kind: 'workflow_dispatch',
        file: 'rollback.yml',
        sha: await repository.main(),
        actor: 'ada',
        inputs: { environment: 'local', service: 'all', release, reason },
      },
      jobs: { rollback: 'success', inference: 'success' },
    });
    await expectRelease(context, commitOf(release));
  },
  describe: () => 'rollback.yml: the first release is current again',
};
