import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { AwsContext } from '../context';
import { explain } from '../diagnosis/explain';
import type { HeldLock } from '../locks/environment-locks';
import type { App } from '../names';
import { describeEnds, statusOfRollouts, worstFailure } from '../rollout/conclude';
import type { RolloutEnd, Tasks } from '../rollout/roll-out';
import { failedApps, rollOutAll } from '../rollout/roll-out-all';
import type { Release } from './release';
import { stoppedApps } from './stopped-apps';

export type Candidate = Omit<Release, 'finishedAt' | 'outcome' | 'stopped'>;

export interface RolloutOfRelease {
  /** The services that change; the others are left alone. */
  readonly services: readonly App[];
  /** Whether services that were rolled out well go back to the current release if another fails. */
  readonly allOrNothing: boolean;
}

/**
 * Rolls a release out and moves the pointer to it if every rollout succeeded. The ledger has it from before
 * the first change, so that the next run can tell that one did not end.
 * A stopped app runs one task of what a deploy brings, or ECS would have nothing to judge; the autoscaler stops it
 * again. A rollback brings back what was tried before, so that it leaves the app stopped and needs no GPU host.
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
  const [stopped, current] = await Promise.all([stoppedApps(context, services), pointer.read()]);
  const started = { ...candidate, ...(stopped.length > 0 ? { stopped: [...stopped] } : {}) };
  await ledger.record({ ...started, outcome: 'IN_PROGRESS' });
  const tasksOf = (app: App): Tasks | undefined => {
    const isTried = current?.taskDefinitions[app] === candidate.taskDefinitions[app];
    if (candidate.kind === 'rollback' || isTried) return stopped.includes(app) ? 'none' : undefined;
    return stopped.includes(app) ? 'one' : 'some';
  };
  const mayStart = () => lock.assertHeld();
  const ends = await rollOutAll(context, services, candidate.taskDefinitions, mayStart, tasksOf);
  const release: Release = {
    ...started,
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
    // What was stopped is stopped again, even if there is nothing to go back to: a task that fails again and
    // again would keep a GPU host.
    const isStopped = (app: App) => stopped.includes(app) || isUntried(ends[app]);
    const isTakenBack = (app: App) => isStopped(app) || (current && !failed.includes(app));
    const taken = allOrNothing ? services.filter(isTakenBack) : [];
    if (taken.length > 0) {
      const { id, taskDefinitions } = current ?? candidate;
      reporter.step(`take ${taken.join(' and ')} back to ${id}`);
      const toNone = (app: App) => (isStopped(app) ? 'none' : undefined);
      await rollOutAll(context, taken, taskDefinitions, mayStart, toNone);
    }
  }
  await lock.assertHeld();
  await ledger.record(release);
  if (failure) throw failure;
  await pointer.move(release);
  await replaceJson(join(folder, 'release.json'), release);
  reporter.step(`release ${release.id} is current`);
  return release;
}

function isUntried(end: RolloutEnd | undefined): boolean {
  return end?.verdict.kind === 'failure' && end.verdict.reason === 'untried';
}
