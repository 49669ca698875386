import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type ContainerDefinition,
  type CreateServiceCommandInput,
  type Service,
  type ServiceDeployment,
  type Task,
} from '@aws-sdk/client-ecs';
import { eventually, type RunningCloud } from './running-cloud';
import { serverProgram, writeImage } from './process-image';

/** One service as a test deploys it. */
export interface Deploying {
  /** @returns ARN of a task definition whose only container runs this program */
  register(program: string, container?: Partial<ContainerDefinition>): Promise<string>;
  create(taskDefinition: string, settings?: Partial<CreateServiceCommandInput>): Promise<void>;
  /** @returns ARN of the service deployment */
  update(taskDefinition: string): Promise<string>;
  service(): Promise<Service>;
  /** The newest service deployment, or one by its ARN. */
  deployment(arn?: string): Promise<ServiceDeployment>;
  /** Waits until the newest deployment, or one by its ARN, has one of these statuses. */
  until(statuses: readonly string[], arn?: string): Promise<ServiceDeployment>;
  /** What the service said, newest first. */
  said(): Promise<readonly string[]>;
  tasks(desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly Task[]>;
  remove(): Promise<void>;
}

export const guarded = {
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  deploymentCircuitBreaker: { enable: true, rollback: true },
};

export const good = serverProgram('good');
export const crashing = `console.error('no configuration'); process.exit(78);`;

export function deploying(running: RunningCloud, cluster: string, service: string): Deploying {
  const { ecs, imageStore } = running;
  const described = async () => {
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: [service] }),
    );
    const [found] = services ?? [];
    if (!found) throw new Error(`no service ${service}`);
    return found;
  };
  const deployment = async (arn?: string) => {
    const { serviceDeployments: [newest] = [] } = await ecs.send(
      new ListServiceDeploymentsCommand({ cluster, service }),
    );
    const { serviceDeployments: [found] = [] } = await ecs.send(
      new DescribeServiceDeploymentsCommand({
        serviceDeploymentArns: [arn ?? newest?.serviceDeploymentArn ?? ''],
      }),
    );
    if (!found) throw new Error('no deployment');
    return found;
  };
  return {
    register: async (program, container = {}) => {
      const image = writeImage(imageStore, service, program);
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: service,
          containerDefinitions: [{ name: 'app', image, memory: 64, ...container }],
        }),
      );
      return taskDefinition?.taskDefinitionArn ?? '';
    },
    create: async (taskDefinition, settings = {}) => {
      const deploymentConfiguration = guarded;
      await ecs.send(
        new CreateServiceCommand({
          cluster,
          serviceName: service,
          taskDefinition,
          desiredCount: 1,
          deploymentConfiguration,
          ...settings,
        }),
      );
    },
    update: async (taskDefinition) => {
      const { service: updated } = await ecs.send(
        new UpdateServiceCommand({ cluster, service, taskDefinition }),
      );
      return updated?.currentServiceDeployment ?? '';
    },
    service: described,
    deployment,
    until: (statuses, arn) =>
      eventually(
        () => deployment(arn),
        ({ status = '' }) => statuses.includes(status),
        50_000,
      ),
    said: async () => ((await described()).events ?? []).map(({ message = '' }) => message),
    tasks: async (desiredStatus) => {
      const { taskArns = [] } = await ecs.send(
        new ListTasksCommand({ cluster, serviceName: service, desiredStatus }),
      );
      if (taskArns.length === 0) return [];
      const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
      return tasks;
    },
    remove: async () => {
      await ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
      await eventually(described, ({ status }) => status === 'INACTIVE');
    },
  };
}
