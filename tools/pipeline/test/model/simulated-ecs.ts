import type { ECSClient } from '@aws-sdk/client-ecs';
import { apps, namesOf, type App } from '../../src/core/names';
import type { EnvironmentName } from '../../src/core/environment';
import type { SimulatedService } from './simulated-service';

export interface EcsWeather {
  readonly now: () => number;
  /** A whole number below `limit`. */
  readonly random: (limit: number) => number;
}

const dayMs = 24 * 60 * 60_000;
const historyMs = 90 * dayMs;
const staleMs = 5_000;

/**
 * ECS's API over simulated services. Every read is of a moment up to 5 s ago, each of its own: a new
 * deployment is unlisted, MISSING, or without its revision, and reads come out of order.
 */
export function simulatedEcs(
  environment: EnvironmentName,
  services: Readonly<Record<App, SimulatedService>>,
  { now, random }: EcsWeather,
): Pick<ECSClient, 'send'> {
  const { service: nameOf } = namesOf(environment);
  const serviceOf = (name = '') => {
    const app = apps.find((each) => nameOf(each) === name || name.includes(`/${nameOf(each)}/`));
    if (!app)
      throw Object.assign(new Error(`no service ${name}`), { name: 'ServiceNotFoundException' });
    return { app, service: services[app] };
  };
  const seen = () => now() - random(staleMs + 1);
  const arnOf = (app: App, arn: string) => arn.replace('/c/s/', `/${environment}/${nameOf(app)}/`);
  const revisionArn = (app: App, revision: number) =>
    `arn:aws:ecs:us-east-1:1:service-revision/${environment}/${nameOf(app)}/${revision}`;
  const described = (app: App, at: number) => {
    const { primary, deployments } = services[app].view(at);
    const underway = deployments.findLast(({ status }) => /PENDING|PROGRESS/.test(status));
    return {
      status: 'ACTIVE',
      serviceName: nameOf(app),
      taskDefinition: primary.taskDefinition,
      desiredCount: services[app].desiredAt(at),
      deployments: [
        {
          id: `ecs-svc/${primary.revision}`,
          status: 'PRIMARY',
          taskDefinition: primary.taskDefinition,
          rolloutState: primary.state,
        },
        ...(underway && underway.revision !== primary.revision
          ? [
              {
                id: `ecs-svc/${underway.revision}`,
                status: 'ACTIVE',
                taskDefinition: underway.taskDefinition,
              },
            ]
          : []),
      ],
      events: [],
    };
  };

  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    DescribeServicesCommand: ({ services: names }) => ({
      services: (names as string[]).map((name) => described(serviceOf(name).app, seen())),
    }),
    UpdateServiceCommand({ service: name, taskDefinition, desiredCount, forceNewDeployment }) {
      const { app, service } = serviceOf(name as string);
      service.update(taskDefinition as string, now(), {
        durationMs: 5_000 + random(60_000),
        desired: desiredCount as number | undefined,
        force: forceNewDeployment === true,
      });
      const current = service.view(seen()).deployments.at(-1);
      return {
        service: {
          ...described(app, now()),
          ...(current ? { currentServiceDeployment: arnOf(app, current.arn) } : {}),
        },
      };
    },
    ListServiceDeploymentsCommand({ service: name }) {
      const { app, service } = serviceOf(name as string);
      return {
        serviceDeployments: service
          .view(seen())
          .deployments.filter(({ createdAt }) => createdAt > now() - historyMs)
          .map(({ arn, status, revision, createdAt }) => ({
            serviceDeploymentArn: arnOf(app, arn),
            status,
            createdAt: new Date(createdAt),
            targetServiceRevisionArn: revisionArn(app, revision),
          })),
      };
    },
    DescribeServiceDeploymentsCommand({ serviceDeploymentArns }) {
      const [arn = ''] = serviceDeploymentArns as string[];
      const { app, service } = serviceOf(arn);
      const found = service.view(seen()).deployments.find((each) => arnOf(app, each.arn) === arn);
      if (!found) return { serviceDeployments: [], failures: [{ arn, reason: 'MISSING' }] };
      return {
        serviceDeployments: [
          {
            serviceDeploymentArn: arn,
            status: found.status,
            targetServiceRevision: { arn: revisionArn(app, found.revision) },
          },
        ],
      };
    },
    DescribeServiceRevisionsCommand: ({ serviceRevisionArns }) => ({
      serviceRevisions: (serviceRevisionArns as string[]).flatMap((arn) => {
        const { service } = serviceOf(arn);
        const revision = Number(arn.split('/').at(-1));
        const found = service.view(seen()).deployments.find((each) => each.revision === revision);
        return found ? [{ serviceRevisionArn: arn, taskDefinition: found.taskDefinition }] : [];
      }),
    }),
    StopServiceDeploymentCommand({ serviceDeploymentArn: arn }) {
      const { app, service } = serviceOf(arn as string);
      const original = service.view(now()).deployments.find((each) => arnOf(app, each.arn) === arn);
      if (!original || !service.stop(original.arn, now()))
        throw Object.assign(new Error('The service deployment has ended.'), {
          name: 'ConflictException',
        });
      return { serviceDeploymentArn: arn };
    },
  };
  return {
    send: (async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const answer = answers[command.constructor.name];
      if (!answer) throw new Error(`The simulated ECS has no ${command.constructor.name}.`);
      return answer(command.input);
    }) as ECSClient['send'],
  };
}
