import type { App } from '../src/core/names';
import type { ListedDeployment, ServiceDeployments } from '../src/core/rollout/service-deployments';
import type { ObservedDeployment } from '../src/core/rollout/verdict';

export type RolloutEnds = Readonly<Record<string, ObservedDeployment['status']>>;

interface Service {
  /** The task definition of every app, which a rollout that succeeds changes. */
  readonly running: Record<App, string>;
  /** Records what is asked of ECS. */
  readonly calls: string[];
  /** How the rollout of a task definition ends; SUCCESSFUL if it is not here. */
  readonly ends: RolloutEnds;
  readonly isInFlight: boolean;
}

/** An ECS service in memory, whose rollouts end at once. */
export function inMemoryDeployments(
  app: App,
  { running, calls, ends, isInFlight }: Service,
): ServiceDeployments {
  const deployments: ListedDeployment[] = [];
  const start = (taskDefinition: string, underway: boolean) => {
    const arn = `${app}/${deployments.length}`;
    deployments.unshift({ arn, taskDefinition, underway });
    return arn;
  };
  if (running[app] !== '') start(running[app], false);
  if (isInFlight) start(`${app}:candidate`, true);
  return {
    currentTaskDefinition: async () => running[app],
    async startRollout(taskDefinition) {
      calls.push(`roll out ${taskDefinition}`);
      const status = ends[taskDefinition] ?? 'SUCCESSFUL';
      if (status === 'SUCCESSFUL') running[app] = taskDefinition;
      return start(taskDefinition, false);
    },
    list: async () => [...deployments],
    async observe(arn) {
      const found = deployments.find((deployment) => deployment.arn === arn);
      return (
        found && {
          status: ends[found.taskDefinition] ?? 'SUCCESSFUL',
          target: found.taskDefinition,
        }
      );
    },
    async stopWithRollback(arn) {
      calls.push(`stop ${arn}`);
      const index = deployments.findIndex((deployment) => deployment.arn === arn);
      const stopped = deployments[index];
      if (stopped) deployments[index] = { ...stopped, underway: false };
    },
    events: async () => [],
  };
}
