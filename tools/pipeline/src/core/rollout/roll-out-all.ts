import { prefixed } from '../../io/reporter';
import type { AwsContext } from '../context';
import { apps, forEveryApp, rolloutLimitMs, type App } from '../names';
import { rollOut, type RolloutEnd } from './roll-out';

export type TaskDefinitions = Readonly<Record<App, string>>;
export type RolloutEnds = Readonly<Record<App, RolloutEnd>>;

const pollMs = 1_000;

/**
 * Rolls every app out to its task definition, in parallel, and waits for all verdicts, even if one of
 * the rollouts throws.
 */
export async function rollOutAll(
  { deployments, reporter, signal }: AwsContext,
  taskDefinitions: TaskDefinitions,
  mayStart: () => Promise<void>,
): Promise<RolloutEnds> {
  const rollouts = forEveryApp(async (app) => {
    const log = prefixed(reporter, app);
    const end = await rollOut(deployments[app], log, {
      taskDefinition: taskDefinitions[app],
      timeoutMs: rolloutLimitMs[app],
      pollMs,
      signal,
      mayStart,
    });
    if (end.verdict.kind === 'success') log.info('rolled out');
    else log.warn(end.verdict.text);
    return end;
  });
  await Promise.allSettled(Object.values(rollouts));
  return { api: await rollouts.api, 'ml-worker': await rollouts['ml-worker'] };
}

/** Apps whose rollout did not succeed. */
export function failedApps(ends: RolloutEnds): readonly App[] {
  return apps.filter((app) => ends[app].verdict.kind === 'failure');
}
