import { playStep, type Play } from './workflow-run';
import { commitOf, expectRelease, type WorkflowStory } from './current-release';

/** Somebody on call dispatches a rollback. @param release to bring back */
export async function playRollback(options: WorkflowStory, release: string): Promise<void> {
  const reason = 'rehearsed "quotes"; $(id)';
  const play: Play = {
    what: 'dispatch a rollback to v1',
    file: 'rollback.yml',
    expected: 'success',
    event: {
      kind: 'workflow_dispatch',
      file: 'rollback.yml',
      sha: await options.repository.main(),
      actor: 'ada',
      inputs: { environment: 'local', service: 'all', release, reason },
    },
    jobs: { rollback: 'success' },
  };
  await playStep(options, play, async () => {
    await expectRelease(options, commitOf(release));
    return 'the first release is current again';
  });
}
