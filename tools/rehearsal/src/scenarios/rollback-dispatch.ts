import { deploy } from './deploy';
import { expectRun } from './expect-run';
import { merge, pushBrokenRelease } from './pushes';
import { commitOf, expectRelease } from './releases';
import type { Scenario } from './scenario';
import { startGitHub } from './start-github';

/** A reason with characters that a shell would interpret. */
const reason = 'rehearsed "quotes"; $(id)';

export const rollbackDispatch: Scenario<void> = {
  name: 'rollback-dispatch',
  summary: 'dispatch a rollback to the first release, of a commit that does not compile',
  needs: [merge],
  after: [pushBrokenRelease],
  async run(context) {
    const { release } = context.resultOf(deploy);
    const { repository } = context.resultOf(startGitHub);
    const broken = await repository.commit('broken', 'Leave a syntax error in the API', [
      { path: 'apps/api/src/main.ts', from: 'async function serve()', to: 'async function (' },
    ]);
    await expectRun(context, {
      what: this.summary,
      file: 'rollback.yml',
      conclusion: 'success',
      event: {
        kind: 'workflow_dispatch',
        file: 'rollback.yml',
        sha: broken,
        actor: 'ada',
        inputs: { environment: 'local', service: 'all', release, reason },
      },
      jobs: { rollback: 'success', inference: 'success' },
    });
    await expectRelease(context, commitOf(release));
  },
  describe: () => 'rollback.yml: the first release is current again',
};
