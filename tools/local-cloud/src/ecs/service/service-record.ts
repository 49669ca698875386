import type {
  CreateServiceCommandInput,
  ServiceDeployment,
  ServiceDeploymentRollbackMonitorsStatus,
  Tag,
} from '@aws-sdk/client-ecs';
import type { ClusterName } from '../protocol/arns';
import type { HostCapacity } from '../capacity/host-capacity';
import type { OnePerHost } from '../capacity/one-per-host';
import type { ServiceState } from '../deployment/state';
import type { SupervisedTask } from '../task/supervise-task';

/** The fields of a service that the API gives back as they were given. */
export const echoedFields = [
  'availabilityZoneRebalancing',
  'capacityProviderStrategy',
  'deploymentConfiguration',
  'deploymentController',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'healthCheckGracePeriodSeconds',
  'launchType',
  'loadBalancers',
  'networkConfiguration',
  'placementConstraints',
  'placementStrategy',
  'platformVersion',
  'propagateTags',
  'role',
  'schedulingStrategy',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'taskDefinition',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const;

export type ServiceSettings = Readonly<
  Pick<CreateServiceCommandInput, (typeof echoedFields)[number]>
>;

/** The fields whose change makes a new service revision, and so a deployment. */
export const revisionFields = [
  'capacityProviderStrategy',
  'launchType',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'taskDefinition',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const satisfies readonly (typeof echoedFields)[number][];

/** The settings, with those of another revision where they belong to a revision. */
export function atRevision(settings: ServiceSettings, revision: ServiceSettings): ServiceSettings {
  const ofRevision: ReadonlySet<string> = new Set(revisionFields);
  const pick = (from: ServiceSettings, wanted: boolean) =>
    Object.entries(from).filter(([name]) => ofRevision.has(name) === wanted);
  return Object.fromEntries([...pick(settings, false), ...pick(revision, true)]);
}

/** What a deployment rolls out: the service's settings as they were then. */
export interface Revision {
  readonly arn: string;
  readonly settings: ServiceSettings;
  readonly createdAt: Date;
}

export interface Announcement {
  readonly id: string;
  readonly createdAt: Date;
  readonly message: string;
}

/** A rollout as the API shows it, and which of the state machine's deployments it is. */
export interface ServiceDeploymentRecord {
  readonly deploymentId: string;
  readonly arn: string;
  readonly targetRevision: string;
  readonly sourceRevisions: readonly string[];
  readonly createdAt: Date;
  readonly settings: ServiceSettings;
  status: NonNullable<ServiceDeployment['status']>;
  statusReason: string | undefined;
  breaker: {
    readonly status: MonitorStatus;
    readonly failureCount: number;
    readonly threshold: number;
  };
  alarms: { readonly status: MonitorStatus; readonly triggered: readonly string[] };
  rollback:
    { readonly reason: string; readonly startedAt: Date; readonly revision: string } | undefined;
  startedAt: Date | undefined;
  updatedAt: Date;
  finishedAt: Date | undefined;
}

/** Whether something that may end a rollout watches it. */
export type MonitorStatus = ServiceDeploymentRollbackMonitorsStatus;

/** One service: what the API shows, and the state its scheduler works on. */
export interface ServiceRecord {
  readonly arn: string;
  readonly name: string;
  readonly cluster: ClusterName;
  readonly createdAt: Date;
  settings: ServiceSettings;
  tags: Tag[];
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  state: ServiceState;
  /** What the hosts of its capacity providers have room for. */
  capacity: HostCapacity;
  /** Why a host may hold only one of its tasks. */
  onePerHost: OnePerHost | undefined;
  /** Tasks that were stopped as unhealthy and have not been replaced yet. */
  unhealthyTasks: number;
  /** By ARN. */
  readonly revisions: Map<string, Revision>;
  /** Newest first. */
  readonly rollouts: ServiceDeploymentRecord[];
  /** Newest first, as many as DescribeServices shows. */
  events: readonly Announcement[];
  /** The tasks that are not STOPPED, by their number in the state. */
  readonly tasks: Map<number, SupervisedTask>;
}
