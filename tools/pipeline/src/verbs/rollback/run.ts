import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { rolloutLimitMs, type App } from '../../core/names';
import { releaseId, type Release } from '../../core/releases/release';
import { rollOutRelease } from '../../core/releases/roll-out-release';
import { actor } from '../../io/actor';
import { chooseRelease, mixReleases } from './choose-release';

const historyLength = 100;
const pollMs = 1_000;

export interface RollbackOptions {
  /** Id of the release to bring back; by default the last good one. */
  readonly wanted?: string | undefined;
  readonly services: readonly App[];
  /** Why, for those who read the ledger later. */
  readonly reason?: string | undefined;
}

/**
 * `pipeline rollback`: brings back a good release in the time that ECS itself needs, without a synthesis
 * and without Terraform, which does not decide what runs. If a deploy is running, the rollback takes the
 * lock from it and first stops its deployments with ECS's own rollback.
 */
export async function rollBack(
  context: AwsContext,
  { wanted, services, reason }: RollbackOptions,
): Promise<Release> {
  const { reporter, ledger, pointer } = context;
  const startedAt = new Date();
  const lock = await context.locks.take('rollback');
  try {
    const [current, history, stopped] = await Promise.all([
      pointer.read(),
      ledger.list(historyLength),
      Promise.all(services.map((app) => stopInFlight(context, app))),
    ]);
    const inFlight = stopped.includes(true);
    const target = chooseRelease({ current, history, inFlight, services, wanted });
    reporter.step(
      `back to ${target.id} (${target.kind} of ${target.startedAt} by ${target.actor})`,
    );
    return await rollOutRelease(context, lock, {
      id: releaseId(startedAt, target.gitSha),
      gitSha: target.gitSha,
      ...mixReleases(target, current, services),
      startedAt: startedAt.toISOString(),
      actor: actor(),
      kind: 'rollback',
      restores: target.restores ?? target.id,
      ...(reason === undefined ? {} : { reason }),
    });
  } finally {
    await lock.release();
  }
}

/** @returns whether a deployment was in flight */
async function stopInFlight(
  { deployments, reporter, signal }: AwsContext,
  app: App,
): Promise<boolean> {
  const service = deployments[app];
  const inFlight = (await service.list()).find((deployment) => deployment.underway);
  if (!inFlight) return false;
  reporter.info(`${app}: stopping the in-flight deployment`);
  await service.stopWithRollback(inFlight.arn).catch((error: Error) => {
    // It may have ended, or begun to roll back by itself, between the two calls.
    reporter.warn(`${app}: ${error.message}`);
  });
  for (const deadline = Date.now() + rolloutLimitMs[app]; Date.now() < deadline;) {
    const listed = (await service.list()).find(({ arn }) => arn === inFlight.arn);
    if (!listed?.underway) return true;
    await sleep(pollMs, undefined, { signal });
  }
  throw new PipelineError('timedOut', `The in-flight ${app} deployment did not finish in time.`);
}
