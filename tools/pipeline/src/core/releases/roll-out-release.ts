import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { AwsContext } from '../context';
import { explain } from '../diagnosis/explain';
import type { HeldLock } from '../locks/environment-locks';
import type { App } from '../names';
import { describeEnds, statusOfRollouts, worstFailure } from '../rollout/conclude';
import { failedApps, rollOutAll } from '../rollout/roll-out-all';
import type { Release } from './release';

export type Candidate = Omit<Release, 'finishedAt' | 'outcome'>;

export interface RolloutOfRelease {
  /** The services that change; the others are left alone. */
  readonly services: readonly App[];
  /** Whether services that were rolled out well go back to the current release if another fails. */
  readonly allOrNothing: boolean;
}

/**
 * Rolls a release out and moves the pointer to it if every rollout succeeded. The ledger has it from before
 * the first change, so that the next run can tell that one did not end.
 * @throws PipelineError with the exit code of the worst verdict
 */
export async function rollOutRelease(
  context: AwsContext,
  lock: HeldLock,
  candidate: Candidate,
  { services, allOrNothing }: RolloutOfRelease,
): Promise<Release> {
  const { environment, reporter, workspace, ledger, pointer } = context;
  reporter.step(`roll out ${candidate.id}`);
  await lock.assertHeld();
  await ledger.record({ ...candidate, outcome: 'IN_PROGRESS' });
  const mayStart = () => lock.assertHeld();
  const ends = await rollOutAll(context, services, candidate.taskDefinitions, mayStart);
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

  const failure = worstFailure(ends);
  if (failure) {
    const failed = failedApps(ends);
    await explain(context, failed, candidate.taskDefinitions);
    const others = services.filter((app) => !failed.includes(app));
    if (allOrNothing && others.length > 0) await takeBack(context, lock, others);
  }
  await lock.assertHeld();
  await ledger.record(release);
  if (failure) throw failure;
  await pointer.move(release);
  await replaceJson(join(folder, 'release.json'), release);
  reporter.step(`release ${release.id} is current`);
  return release;
}

/** So that one release runs and not two. */
async function takeBack(
  context: AwsContext,
  lock: HeldLock,
  services: readonly App[],
): Promise<void> {
  const current = await context.pointer.read();
  if (!current) return;
  context.reporter.step(`take ${services.join(' and ')} back to ${current.id}`);
  await rollOutAll(context, services, current.taskDefinitions, () => lock.assertHeld());
}
