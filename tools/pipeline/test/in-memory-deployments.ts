import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { App } from '../src/core/names';
import type {
  ObservedDeployment,
  PrimaryDeployment,
  ServiceDeployments,
} from '../src/core/rollout/service-deployments';

export type RolloutEnds = Readonly<Record<string, ServiceDeploymentStatus>>;

interface Service {
  /** The task definition of every app, which a rollout that succeeds changes. */
  readonly running: Record<App, string>;
  /** Records what is asked of ECS. */
  readonly calls: string[];
  /** How the rollout of a task definition ends; SUCCESSFUL if it is not here. */
  readonly ends: RolloutEnds;
  readonly isInFlight: boolean;
  /** How many tasks it is to run; of none, every rollout is SUCCESSFUL. */
  readonly desired: number;
}

/** An ECS service in memory, whose rollouts end at once. */
export function inMemoryDeployments(
  app: App,
  { running, calls, ends, isInFlight, desired: atFirst }: Service,
): ServiceDeployments {
  let desired = atFirst;
  const deployments: ObservedDeployment[] = [];
  const start = (status: ServiceDeploymentStatus) => {
    const revision = String(deployments.length);
    deployments.unshift({ arn: `${app}/${revision}`, revision, status });
    return revision;
  };
  let revision = running[app] === '' ? '' : start('SUCCESSFUL');
  let target = running[app];
  if (isInFlight) {
    revision = start('IN_PROGRESS');
    target = `${app}:candidate`;
  }
  const state = (primary: PrimaryDeployment) => ({ primary, desired, events: [] });
  const read = () => state({ revision, taskDefinition: target, state: 'COMPLETED' });
  return {
    read: async () => read(),
    async update(taskDefinition, count) {
      if (count !== undefined) desired = count;
      if (taskDefinition === target && !count) return read();
      calls.push(`roll out ${taskDefinition}${count === undefined ? '' : `, tasks: ${count}`}`);
      const status = desired === 0 ? 'SUCCESSFUL' : (ends[taskDefinition] ?? 'SUCCESSFUL');
      const started = start(status);
      if (status === 'SUCCESSFUL') {
        running[app] = target = taskDefinition;
        revision = started;
      }
      return state({ revision: started, taskDefinition, state: 'IN_PROGRESS' });
    },
    newest: async (wanted) =>
      deployments.find((each) => wanted === undefined || each.revision === wanted),
    async stopWithRollback(arn) {
      calls.push(`stop ${arn}`);
      const index = deployments.findIndex((deployment) => deployment.arn === arn);
      const stopped = deployments[index];
      if (!stopped) return;
      deployments[index] = { ...stopped, status: 'ROLLBACK_SUCCESSFUL' };
      target = running[app];
    },
  };
}
