import { PipelineError } from '../../errors';
import { prefixed } from '../../io/reporter';
import type { AwsContext } from '../context';
import { rolloutLimitMs, type App } from '../names';
import { rollOut, type RolloutEnd, type Tasks } from './roll-out';
import { messageOf } from './watch-deployment';

export type TaskDefinitions = Readonly<Record<App, string>>;
/** How the rollout of each app ended; an app without one was left alone. */
export type RolloutEnds = Readonly<Partial<Record<App, RolloutEnd>>>;

const pollMs = 1_000;

/**
 * Rolls these apps out to their task definitions, in parallel, and waits for all verdicts.
 * @param tasksOf what to do about the number of tasks of an app
 * @throws PipelineError `interrupted`, or what `mayStart` throws
 */
export async function rollOutAll(
  { deployments, reporter, signal }: AwsContext,
  services: readonly App[],
  taskDefinitions: TaskDefinitions,
  mayStart: () => Promise<void>,
  tasksOf: (app: App) => Tasks | undefined = () => undefined,
): Promise<RolloutEnds> {
  const rollOutOne = async (app: App) => {
    const log = prefixed(reporter, app);
    const end = await rollOut(deployments[app], log, {
      taskDefinition: taskDefinitions[app],
      tasks: tasksOf(app),
      timeoutMs: rolloutLimitMs[app],
      pollMs,
      signal,
      mayStart,
    }).catch(failedEnd);
    if (end.verdict.kind === 'success') log.info('rolled out');
    else log.warn(end.verdict.text);
    return [app, end] as const;
  };
  const ends = await Promise.allSettled(services.map(rollOutOne));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])));
}

/** An error that ends one rollout is its verdict; one that ends the whole run is not. */
function failedEnd(error: unknown): RolloutEnd {
  if (error instanceof PipelineError) throw error;
  const text = messageOf(error);
  return { verdict: { kind: 'failure', reason: 'environment', text }, reportedAt: new Date() };
}

/** Apps whose rollout did not succeed. */
export function failedApps(ends: RolloutEnds): readonly App[] {
  return appsOf(ends).filter((app) => ends[app]?.verdict.kind === 'failure');
}

export function appsOf(ends: RolloutEnds): readonly App[] {
  return Object.keys(ends) as App[];
}
