import { newTask } from '../task/new-task';
import type { TaskAssignment } from '../task/supervise-task';
import { chooseCapacityProvider } from '../capacity/choose-capacity-provider';
import type { TaskRecord } from '../task/task-record';
import type { TaskRegistry } from '../task/task-registry';
import type { ServiceRecord, ServiceSettings } from './service-record';

/** A new task of one of a service's deployments, and what the service asks of it. */
export function taskOfService(
  service: ServiceRecord,
  deploymentId: string,
  createdAt: Date,
  registry: TaskRegistry,
): { record: TaskRecord; assignment: TaskAssignment } {
  const deployment = service.state.deployments.find((each) => each.id === deploymentId);
  const settings = service.revisions.get(deployment?.revision ?? '')?.settings ?? service.settings;
  const strategy = settings.capacityProviderStrategy ?? [];
  const record = newTask(
    service.cluster,
    {
      taskDefinitionArn: settings.taskDefinition ?? '',
      group: `service:${service.name}`,
      startedBy: deploymentId,
      launchType: settings.launchType,
      capacityProvider: chooseCapacityProvider(strategy, providersInUse(service), service.capacity),
      placement: undefined,
      overrides: { containerOverrides: [] },
      enableExecuteCommand: settings.enableExecuteCommand ?? false,
      tags: propagatedTags(service),
    },
    registry,
    createdAt,
  );
  return { record, assignment: assignmentOf(settings) };
}

const assignmentOf = (settings: ServiceSettings): TaskAssignment => ({
  loadBalancers: settings.loadBalancers ?? [],
  gracePeriodMs: (settings.healthCheckGracePeriodSeconds ?? 0) * 1000,
});

function providersInUse(service: ServiceRecord): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { record } of service.tasks.values())
    if (record.capacityProvider)
      counts.set(record.capacityProvider, (counts.get(record.capacityProvider) ?? 0) + 1);
  return counts;
}

function propagatedTags(service: ServiceRecord) {
  const own = service.settings.propagateTags === 'SERVICE' ? service.tags : [];
  if (!service.settings.enableECSManagedTags) return [...own];
  return [
    ...own,
    { key: 'aws:ecs:clusterName', value: service.cluster.name },
    { key: 'aws:ecs:serviceName', value: service.name },
  ];
}
