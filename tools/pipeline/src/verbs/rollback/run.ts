import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { apps, rolloutLimitMs, type App } from '../../core/names';
import { releaseId, type Release } from '../../core/releases/release';
import { rollOutRelease, type Candidate } from '../../core/releases/roll-out-release';
import { stoppedApps } from '../../core/releases/stopped-apps';
import { patiently } from '../../core/rollout/patiently';
import { isUnderway } from '../../core/rollout/verdict';
import { actor } from '../../io/actor';
import { chooseRelease, mixReleases } from './choose-release';

/** Years of releases, and still one page of the ledger. */
export const historyLength = 1_000;
const pollMs = 1_000;

export interface RollbackOptions {
  /** Id of the release to bring back; by default the last good one. */
  readonly wanted?: string | undefined;
  readonly services: readonly App[];
  /** Why, for those who read the ledger later. */
  readonly reason?: string | undefined;
  /** Whether to report what would happen, and change nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * `pipeline rollback`: brings back a good release in the time that ECS itself needs, without a synthesis
 * and without Terraform, which does not decide what runs. It changes the given services and no other, and
 * takes nothing back: it may take the lock from a deploy that is running.
 * @returns the release that is current now; undefined after a dry run
 */
export async function rollBack(
  context: AwsContext,
  options: RollbackOptions,
): Promise<Release | undefined> {
  if (options.dryRun) {
    await chooseTarget(context, options);
    return undefined;
  }
  const startedAt = new Date();
  const lock = await context.locks.take('rollback');
  try {
    const { target, current, left } = await chooseTarget(context, options);
    const { services, reason } = options;
    const candidate: Candidate = {
      id: releaseId(startedAt, target.gitSha),
      gitSha: target.gitSha,
      ...mixReleases(target, current, services),
      startedAt: startedAt.toISOString(),
      actor: actor(),
      kind: 'rollback',
      restores: target.restores ?? target.id,
      ...(left === undefined ? {} : { leaves: left }),
      ...(reason === undefined ? {} : { reason }),
    };
    if (target.id === current?.id) {
      const stopped = await stoppedApps(context, services);
      const running = services.filter((app) => !stopped.includes(app));
      await Promise.all(running.map((app) => stopInFlight(context, app, target)));
    }
    return await rollOutRelease(context, lock, candidate, { services, allOrNothing: false });
  } finally {
    await lock.release();
  }
}

/** Chooses the release, checks that it still exists, and reports what the rollback does. */
async function chooseTarget(
  { reporter, job, signal, pointer, ledger, deployments, assertRunnable }: AwsContext,
  { wanted, services }: RollbackOptions,
): Promise<{ target: Release; current: Release | undefined; left: string | undefined }> {
  const read = (app: App) => patiently(() => deployments[app].read(), reporter, signal);
  const [current, history, api, worker] = await Promise.all([
    pointer.read(),
    ledger.list(historyLength),
    read('api'),
    read('ml-worker'),
  ]);
  const running = {
    api: api.primary.taskDefinition,
    'ml-worker': worker.primary.taskDefinition,
  };
  const target = chooseRelease({ current, history, running, services, wanted });
  reporter.step(`back to ${target.id} (${target.kind} of ${target.startedAt} by ${target.actor})`);
  for (const app of services) {
    const to = target.taskDefinitions[app];
    const from = running[app];
    reporter.info(to === from ? `${app}: stays at ${to}` : `${app}: ${from} → ${to}`);
  }
  for (const app of apps.filter((each) => !services.includes(each)))
    if (current && running[app] !== current.taskDefinitions[app])
      job.annotate(
        'warning',
        `${app} is left alone, but it runs ${running[app]} and the current release has ${current.taskDefinitions[app]}.`,
      );
  await Promise.all(
    services.map((app) => assertRunnable(target.taskDefinitions[app], target.images[app])),
  );
  return { target, current, left: leftBy(target, current, history[0]) };
}

/** The commit of the release that is rolled back: the current one, or the one that never became current. */
function leftBy(
  target: Release,
  current: Release | undefined,
  newest: Release | undefined,
): string | undefined {
  const left = target.id === current?.id ? newest : current;
  return left?.gitSha === target.gitSha ? undefined : left?.gitSha;
}

/**
 * If the rollout of something else is under way, ECS's own rollback brings back what ran before it sooner
 * than a rollout would: its tasks are still there. Not so of an app that was stopped before it.
 */
async function stopInFlight(
  { deployments, reporter, signal }: AwsContext,
  app: App,
  target: Release,
): Promise<void> {
  const service = deployments[app];
  const newest = (revision?: string) => patiently(() => service.newest(revision), reporter, signal);
  const [inFlight, { primary }] = await Promise.all([
    newest(),
    patiently(() => service.read(), reporter, signal),
  ]);
  if (!inFlight || !isUnderway(inFlight.status)) return;
  if (primary.taskDefinition === target.taskDefinitions[app]) return;
  reporter.info(`${app}: stopping the in-flight deployment`);
  await service.stopWithRollback(inFlight.arn).catch((error: Error) => {
    // It may have ended, or begun to roll back by itself, between the two calls.
    reporter.warn(`${app}: ${error.message}`);
  });
  for (const deadline = Date.now() + rolloutLimitMs[app]; Date.now() < deadline;) {
    const now = await newest(inFlight.revision);
    if (now && !isUnderway(now.status)) return;
    await sleep(pollMs, undefined, { signal });
  }
  throw new PipelineError('timedOut', `The in-flight ${app} deployment did not finish in time.`);
}
