import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { rollOutRelease } from '../deploy/run';
import type { AwsContext } from '../../core/context';
import { actor, holder } from '../../io/actor';
import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { lockEnvironment } from '../../core/locks/environment-lock';
import { namesOf, rolloutLimitMs, type App } from '../../core/names';
import { releaseLedger } from '../../core/releases/ledger';
import { readPointer } from '../../core/releases/pointer';
import { releaseId, type Release } from '../../core/releases/release';
import {
  serviceDeployments,
  type ServiceDeployments,
} from '../../core/rollout/service-deployments';
import { chooseRelease, mixReleases } from './choose-release';

const historyLength = 100;

export interface RollbackOptions {
  /** Id of the release to bring back; absent for the last good one. */
  readonly wanted?: string;
  readonly services: readonly App[];
  /** Why, for whoever reads the ledger later. */
  readonly reason?: string;
}

/**
 * `pipeline rollback`: brings back a release known to be good, in the time that ECS itself needs. No
 * synthesis, no Terraform: what runs is not Terraform's to decide. A deploy that is going on loses the
 * environment to us; its deployments are stopped with ECS's own rollback first.
 */
export async function rollback(
  context: AwsContext,
  { wanted, services, reason }: RollbackOptions,
): Promise<Release> {
  const { environment, reporter } = context;
  const startedAt = new Date();
  const names = namesOf(environment);
  const dynamo = new DynamoDBClient({ region });
  const ecs = new ECSClient({ region });
  const rollouts = services.map(
    (app) =>
      [
        app,
        serviceDeployments(ecs, { cluster: names.cluster, service: names.service(app) }),
      ] as const,
  );
  const lock = await lockEnvironment(dynamo, {
    table: names.table,
    kind: 'rollback',
    holder: holder(),
  });
  try {
    const [current, history, stopped] = await Promise.all([
      readPointer(new SSMClient({ region }), environment),
      releaseLedger(dynamo, names.table).list(historyLength),
      Promise.all(rollouts.map(([app, service]) => stopUnderway(context, app, service))),
    ]);
    const inFlight = stopped.includes(true);
    const target = chooseRelease({
      current,
      history,
      inFlight,
      services,
      ...(wanted === undefined ? {} : { wanted }),
    });
    reporter.step(
      `back to ${target.id} (${target.kind} of ${target.startedAt} by ${target.actor})`,
    );
    return await rollOutRelease(context, dynamo, lock, {
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

/** @returns whether there was anything to stop */
async function stopUnderway(
  { reporter, signal }: AwsContext,
  app: App,
  service: ServiceDeployments,
): Promise<boolean> {
  const underway = (await service.list()).find((deployment) => deployment.underway);
  if (!underway) return false;
  reporter.info(`${app}: stopping the deployment in flight`);
  await service.stopWithRollback(underway.arn).catch((error: Error) => {
    // It may have ended, or begun to roll back by itself, between our two calls.
    reporter.warn(`${app}: ${error.message}`);
  });
  for (const deadline = Date.now() + rolloutLimitMs[app]; Date.now() < deadline;) {
    const listed = (await service.list()).find(({ arn }) => arn === underway.arn);
    if (!listed?.underway) return true;
    await sleep(1_000, undefined, { signal });
  }
  throw new PipelineError('timedOut', `The deployment of ${app} in flight did not end.`);
}
