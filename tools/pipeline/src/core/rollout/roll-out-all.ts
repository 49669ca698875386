import type { ECSClient } from '@aws-sdk/client-ecs';
import { prefixed } from '../../io/reporter';
import type { AwsContext } from '../context';
import { apps, namesOf, rolloutLimitMs, type App } from '../names';
import { rollOut, type RolloutEnd } from './roll-out';
import { serviceDeployments } from './service-deployments';

export type TaskDefinitions = Readonly<Record<App, string>>;
export type RolloutEnds = Readonly<Record<App, RolloutEnd>>;

const pollMs = 1_000;

/** Rolls every app out to its task definition, side by side, and waits for all verdicts. */
export async function rollOutAll(
  { environment, reporter, signal }: AwsContext,
  ecs: ECSClient,
  taskDefinitions: TaskDefinitions,
  mayStart: () => Promise<void>,
): Promise<RolloutEnds> {
  const { cluster, service } = namesOf(environment);
  const rollouts = await Promise.allSettled(
    apps.map(async (app) => {
      const says = prefixed(reporter, app);
      const end = await rollOut(serviceDeployments(ecs, { cluster, service: service(app) }), says, {
        taskDefinition: taskDefinitions[app],
        timeoutMs: rolloutLimitMs[app],
        pollMs,
        signal,
        mayStart,
      });
      if (end.verdict.kind === 'success') says.info('rolled out');
      else says.warn(end.verdict.text);
      return [app, end] as const;
    }),
  );
  const broken = rollouts.find((rollout) => rollout.status === 'rejected');
  if (broken) throw broken.reason;
  return Object.fromEntries(
    rollouts.flatMap((rollout) => (rollout.status === 'fulfilled' ? [rollout.value] : [])),
  ) as unknown as RolloutEnds;
}

/** Apps whose rollout did not succeed. */
export function failedApps(ends: RolloutEnds): readonly App[] {
  return apps.filter((app) => ends[app].verdict.kind === 'failure');
}
