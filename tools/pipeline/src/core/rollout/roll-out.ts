import type { Reporter } from '../../io/reporter';
import type { ServiceDeployments } from './service-deployments';
import { verdictOf, type FinalVerdict } from './verdict';
import { pause, watchDeployment, type WatchOptions } from './watch-deployment';

export interface RolloutOptions extends Omit<WatchOptions, 'seen'> {
  /** Called right before UpdateService: the last moment to find out that another run has taken the lock. */
  readonly mayStart?: () => Promise<void>;
}

/** How one rollout ended. Times are by this machine's clock, except `ecsFinishedAt`. */
export interface RolloutEnd {
  readonly verdict: FinalVerdict;
  readonly deployment?: string;
  readonly updateCalledAt?: Date;
  readonly ecsFinishedAt?: Date;
  readonly reportedAt: Date;
}

/** ECS lists a new deployment some time after UpdateService returns. */
const appearsWithinMs = 30_000;

/**
 * Sets one service to a task definition, unless it has it already, and watches that deployment until it ends.
 * @throws PipelineError `interrupted`, or what `mayStart` throws
 */
export async function rollOut(
  service: ServiceDeployments,
  reporter: Reporter,
  options: RolloutOptions,
): Promise<RolloutEnd> {
  const seen = new Set((await service.events()).map(({ id }) => id));
  const { known, updateCalledAt, ...started } = await start(service, options);
  const deployment = started.deployment ?? (await appearance(service, known, options));
  const watched: Pick<RolloutEnd, 'verdict' | 'ecsFinishedAt'> = deployment
    ? await watchDeployment(service, deployment, reporter, { ...options, seen })
    : { verdict: verdictOf(undefined, options.taskDefinition) };
  return {
    ...watched,
    ...(deployment ? { deployment } : {}),
    ...(updateCalledAt ? { updateCalledAt } : {}),
    reportedAt: new Date(),
  };
}

interface Started {
  readonly deployment?: string;
  readonly updateCalledAt?: Date;
  /** Deployments that existed before, and so are not ours. */
  readonly known: ReadonlySet<string>;
}

async function start(
  service: ServiceDeployments,
  { taskDefinition, mayStart }: RolloutOptions,
): Promise<Started> {
  if ((await service.currentTaskDefinition()) === taskDefinition) return { known: new Set() };
  const known = new Set((await service.list()).map(({ arn }) => arn));
  await mayStart?.();
  const updateCalledAt = new Date();
  const deployment = await service.startRollout(taskDefinition);
  return { known, updateCalledAt, ...(deployment && !known.has(deployment) ? { deployment } : {}) };
}

async function appearance(
  service: ServiceDeployments,
  known: ReadonlySet<string>,
  { taskDefinition, pollMs, signal }: RolloutOptions,
): Promise<string | undefined> {
  for (const deadline = Date.now() + appearsWithinMs; Date.now() < deadline;) {
    const deployment = (await service.list()).find(
      (listed) => listed.taskDefinition === taskDefinition && !known.has(listed.arn),
    );
    if (deployment) return deployment.arn;
    await pause(pollMs, signal);
  }
  return undefined;
}
