import {
  pagePaths,
  type HealthPage,
  type LoadBalancerRow,
  type PermissionRemoval,
  type PermissionsPage,
  type TaskLife,
  type TaskRow,
  type TrafficSecond,
} from '../../contract';
import type { EmbeddedEcs } from '../../ecs/embedded-ecs';
import type { PermissionRecord } from '../permissions/permission-record';
import { taskRow } from './task-rows';

/** What the pages show that ECS does not have. */
export interface StatusSources {
  readonly traffic: () => readonly TrafficSecond[];
  readonly permissions: Pick<PermissionRecord, 'page' | 'removals'>;
}

type StatusPage =
  | HealthPage
  | PermissionsPage
  | readonly PermissionRemoval[]
  | readonly TaskRow[]
  | readonly LoadBalancerRow[]
  | readonly TaskLife[]
  | readonly TrafficSecond[];

/** A page about the state of the embedded AWS; undefined if there is no page at this path. */
export function statusPage(
  path: string,
  { services, tasks, loadBalancers }: EmbeddedEcs,
  { traffic, permissions }: StatusSources,
): StatusPage | undefined {
  const records = () => tasks.all().map(({ record }) => record);
  switch (path) {
    case pagePaths.health:
      return {
        status: 'ok',
        services: services.all().length,
        tasks: records().filter(({ lastStatus }) => lastStatus !== 'STOPPED').length,
      };
    case pagePaths.tasks:
      return records().map(taskRow);
    case pagePaths.loadBalancers:
      return loadBalancers.reports();
    case pagePaths.timeline:
      return tasks.timeline();
    case pagePaths.traffic:
      return traffic();
    case pagePaths.permissions:
      return permissions.page();
    case pagePaths.permissionRemovals:
      return permissions.removals();
    default:
      return undefined;
  }
}
