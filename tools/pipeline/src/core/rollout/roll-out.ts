import type { Reporter } from '../../io/reporter';
import { patiently } from './patiently';
import type { ServiceDeployments, ServiceState } from './service-deployments';
import type { FinalVerdict } from './verdict';
import { watchDeployment, type WatchEnd, type WatchOptions } from './watch-deployment';

/**
 * What a rollout does about the number of tasks, which is the autoscaler's otherwise: `some` relies on one or
 * more, because ECS calls a rollout of none a success; `one` starts a stopped app, `none` stops it.
 */
export type Tasks = 'some' | 'one' | 'none';
const desiredFor: Readonly<Record<Tasks, number | undefined>> = {
  some: undefined,
  one: 1,
  none: 0,
};

export interface RolloutOptions extends Omit<WatchOptions, 'seen'> {
  /** ARN. */
  readonly taskDefinition: string;
  /** By default the number stays, whatever it is. */
  readonly tasks?: Tasks | undefined;
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
  const { primary, desired, updateCalledAt } = await start(service, reporter, options);
  if (options.tasks === 'some' && desired === 0) {
    const verdict = untried('The autoscaler stopped it at this moment. Try again.');
    return { verdict, updateCalledAt, reportedAt: new Date() };
  }
  const end: WatchEnd =
    primary.state === 'COMPLETED'
      ? { verdict: { kind: 'success' } }
      : await watchDeployment(service, primary.revision, reporter, { ...options, seen });
  const verdict = options.tasks === 'one' ? ofTrial(end.verdict, options) : end.verdict;
  return { ...end, verdict, updateCalledAt, reportedAt: new Date() };
}

/** ECS waits for a host forever, and gives no verdict on a task that it cannot start. */
function ofTrial(verdict: FinalVerdict, { timeoutMs }: RolloutOptions): FinalVerdict {
  if (verdict.kind === 'success' || verdict.reason !== 'timedOut') return verdict;
  return untried(
    `No task of it was healthy within ${timeoutMs / 60_000} minutes, most likely for lack of a GPU host.`,
  );
}

function untried(text: string): FinalVerdict {
  return { kind: 'failure', reason: 'untried', text };
}

async function earlierEvents(service: ServiceDeployments): Promise<ReadonlySet<string>> {
  const { events } = await service.read().catch(() => ({ events: [] }));
  return new Set(events.map(({ id }) => id));
}

/** What UpdateService starts twice replaces itself, so that a call whose answer was lost is simply made again. */
async function start(
  service: ServiceDeployments,
  reporter: Reporter,
  { taskDefinition, tasks, mayStart, signal }: RolloutOptions,
): Promise<ServiceState & { readonly updateCalledAt: Date }> {
  const update = async () => {
    await mayStart?.();
    const updateCalledAt = new Date();
    const state = await service.update(taskDefinition, tasks && desiredFor[tasks]);
    return { ...state, updateCalledAt };
  };
  const started = await patiently(update, reporter, signal);
  const { taskDefinition: set } = started.primary;
  if (set !== taskDefinition)
    throw new Error(`ECS set the service to ${set}, not to ${taskDefinition}.`);
  return started;
}
