import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { AwsContext } from '../context';
import { explain } from '../diagnosis/explain';
import type { HeldLock } from '../locks/environment-locks';
import { apps, type App } from '../names';
import { describeEnds, statusOfRollouts, worstFailure } from '../rollout/conclude';
import { failedApps, rollOutAll } from '../rollout/roll-out-all';
import type { Release } from './release';

export type Candidate = Omit<Release, 'finishedAt' | 'outcome'>;

/**
 * Rolls a release out, records it and its verdict in the ledger, and moves the pointer to it if every
 * rollout succeeded. If only some did, they are rolled back, so that one release runs and not two.
 * @throws PipelineError with the exit code of the worst verdict
 */
export async function rollOutRelease(
  context: AwsContext,
  lock: HeldLock,
  candidate: Candidate,
): Promise<Release> {
  const { environment, reporter, workspace, ledger, pointer } = context;
  reporter.step(`roll out ${candidate.id}`);
  const ends = await rollOutAll(context, candidate.taskDefinitions, () => lock.assertHeld());
  const release: Release = {
    ...candidate,
    finishedAt: new Date().toISOString(),
    outcome: statusOfRollouts(ends),
  };
  const folder = join(workspace.dist, 'pipeline', environment);
  await replaceJson(join(folder, 'rollout.json'), {
    release,
    rollouts: describeEnds(ends, new Date(performance.timeOrigin)),
  });
  await lock.assertHeld();
  await ledger.record(release);

  const failure = worstFailure(ends);
  if (failure) {
    const failed = failedApps(ends);
    await explain(context, failed, candidate.taskDefinitions);
    await takeBackTheRest(context, lock, failed);
    throw failure;
  }
  await pointer.move(release);
  await replaceJson(join(folder, 'release.json'), release);
  reporter.step(`release ${release.id} is current`);
  return release;
}

/** Apps of a failed release that were rolled out well go back to the current release. */
async function takeBackTheRest(
  context: AwsContext,
  lock: HeldLock,
  failed: readonly App[],
): Promise<void> {
  const current = await context.pointer.read();
  if (!current || failed.length === apps.length) return;
  context.reporter.step(`take the other apps back to ${current.id}`);
  await rollOutAll(context, current.taskDefinitions, () => lock.assertHeld());
}
