import type { Reporter } from '../../io/reporter';
import { patiently } from './patiently';
import type { PrimaryDeployment, ServiceDeployments } from './service-deployments';
import { watchDeployment, type WatchEnd, type WatchOptions } from './watch-deployment';

export interface RolloutOptions extends Omit<WatchOptions, 'seen'> {
  /** ARN. */
  readonly taskDefinition: string;
  /** Called right before UpdateService: the last moment to find out that another run has taken the lock. */
  readonly mayStart?: () => Promise<void>;
}

/** How one rollout ended. Times are by this machine's clock, except `ecsFinishedAt`. */
export interface RolloutEnd extends WatchEnd {
  readonly updateCalledAt?: Date;
  readonly reportedAt: Date;
}

/**
 * Sets one service to a task definition and watches until ECS has ended what that started. A service that
 * is already there, and was when ECS answered, has nothing to wait for.
 * @throws PipelineError `interrupted`, what `mayStart` throws, or the error of AWS if nothing could be started
 */
export async function rollOut(
  service: ServiceDeployments,
  reporter: Reporter,
  options: RolloutOptions,
): Promise<RolloutEnd> {
  const seen = await earlierEvents(service);
  const { primary, updateCalledAt } = await start(service, reporter, options);
  const end: WatchEnd =
    primary.state === 'COMPLETED'
      ? { verdict: { kind: 'success' } }
      : await watchDeployment(service, primary.revision, reporter, { ...options, seen });
  return { ...end, updateCalledAt, reportedAt: new Date() };
}

async function earlierEvents(service: ServiceDeployments): Promise<ReadonlySet<string>> {
  const { events } = await service.read().catch(() => ({ events: [] }));
  return new Set(events.map(({ id }) => id));
}

/** UpdateService starts nothing twice, so that a call whose answer was lost is simply made again. */
async function start(
  service: ServiceDeployments,
  reporter: Reporter,
  { taskDefinition, mayStart, signal }: RolloutOptions,
): Promise<{ readonly primary: PrimaryDeployment; readonly updateCalledAt: Date }> {
  const update = async () => {
    await mayStart?.();
    const updateCalledAt = new Date();
    return { primary: await service.update(taskDefinition), updateCalledAt };
  };
  const started = await patiently(update, reporter, signal);
  const { taskDefinition: set } = started.primary;
  if (set !== taskDefinition)
    throw new Error(`ECS set the service to ${set}, not to ${taskDefinition}.`);
  return started;
}
