import type { ECSClient } from '@aws-sdk/client-ecs';
import type { AwsContext, TerraformContext } from '../../src/core/context';
import type { EnvironmentName } from '../../src/core/environment';
import { apps, forEveryApp, namesOf, type App } from '../../src/core/names';
import { imageIn, type Release } from '../../src/core/releases/release';
import { serviceDeployments } from '../../src/core/rollout/service-deployments';
import { inMemoryEnvironment, withTerraform } from '../in-memory-environment';
import { simulatedEcs, type EcsWeather } from './simulated-ecs';
import { simulatedLocks } from './simulated-locks';
import type { SimulatedRun } from './simulated-run';
import { simulatedService, type Fate, type Scaling } from './simulated-service';

/** A commit: a number that grows, and how its apps fare. */
export interface Commit {
  readonly sha: string;
  /** The apps whose images differ from those of the commit before. */
  readonly changes: readonly App[];
  readonly fates: Readonly<Record<App, Fate>>;
  /** Whether Terraform changes the services too, and so redeploys what runs. */
  readonly changesServices: boolean;
}

/** A call of UpdateService by a run. */
export interface Update {
  readonly by: SimulatedRun;
  readonly service: string;
  readonly taskDefinition: string;
}

/** The hash of the nth commit: its number. */
export const shaOf = (nth: number) => String(nth).padStart(40, '0');
export const taskDefinitionOf = (app: App, sha: string) => `${app}:${sha}`;
const imageOf = (app: App, sha: string) => `registry.test/${app}@sha256:${sha.padStart(64, '0')}`;
export const versionOf = (taskDefinition: string) => taskDefinition.split(':').at(-1) ?? '';

/** As in production, where a worker always runs; other environments stop it while there is no work. */
const scalingOf = (name: EnvironmentName, app: App): Scaling =>
  app === 'ml-worker' && name !== 'prod'
    ? { desired: 0, toZero: true }
    : { desired: 1, toZero: false };

/** One environment: its services, its ledger and its pointer, on simulated time. */
export function simulatedEnvironment(
  name: EnvironmentName,
  commits: ReadonlyMap<string, Commit>,
  weather: EcsWeather,
) {
  const fateOf = (taskDefinition: string): Fate => {
    const [app = '', sha = ''] = taskDefinition.split(':');
    return commits.get(sha)?.fates[app as App] ?? 'good';
  };
  const services = forEveryApp((app) =>
    simulatedService(taskDefinitionOf(app, shaOf(0)), fateOf, weather.now(), scalingOf(name, app)),
  );
  const ecs = simulatedEcs(name, services, weather);
  const updates: Update[] = [];
  const locks = simulatedLocks(weather.now);
  const first = releaseAt(shaOf(0), weather.now());
  const ledger = new Map<string, Release>([[first.id, first]]);
  let current: Release | undefined = first;
  const { cluster, service } = namesOf(name);

  const contextOf = (run: SimulatedRun, root: string): AwsContext => {
    const { context } = inMemoryEnvironment({ root });
    const ecsOfRun = {
      send: async (command: Parameters<ECSClient['send']>[0]) => {
        if (command.constructor.name === 'UpdateServiceCommand')
          updates.push({
            by: run,
            ...(command.input as { service: string; taskDefinition: string }),
          });
        return ecs.send(command);
      },
    };
    const client = run.through(ecsOfRun, { isThrottled: true }) as unknown as ECSClient;
    return {
      ...context,
      environment: name,
      locks: run.through(locks(run)),
      ledger: run.through({
        record: async (release) => void ledger.set(release.id, release),
        list: async (limit) =>
          [...ledger.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit),
        find: async (id) => ledger.get(id),
      }),
      pointer: run.through({
        read: async () => current,
        move: async (release) => void (current = release),
      }),
      deployments: forEveryApp((app) =>
        serviceDeployments(client, { cluster, service: service(app) }),
      ),
    };
  };
  return {
    /** Every UpdateService, by whom and with what. */
    updates,
    contextOf,
    /** With Terraform, whose services stack registers the task definitions of this commit. */
    terraformOf(run: SimulatedRun, commit: Commit, previous?: Release): TerraformContext {
      const context = contextOf(run, `/${commit.sha}`);
      const stacks = {
        [`clarity-${name}-foundation`]: { outputs: { api_url: 'https://api.example' } },
        [`clarity-${name}-data`]: { outputs: { data_bucket: 'data' } },
        [`clarity-${name}-services`]: {},
      };
      const publishImages: TerraformContext['publishImages'] = async (sources) => async (app) => {
        if (previous) return imageIn(previous, app);
        const since = sources.current?.gitSha ?? '';
        const isChanged = [...commits.values()].some(
          ({ sha, changes }) => sha > since && sha <= commit.sha && changes.includes(app),
        );
        return sources.current && !isChanged
          ? imageIn(sources.current, app)
          : { image: imageOf(app, commit.sha), commit: commit.sha };
      };
      const terraform = withTerraform(context, [], stacks, {}, previous);
      const terraformOf: TerraformContext['terraformOf'] = (stack, variables) => {
        const of = terraform.terraformOf(stack, variables);
        if (!stack.name.endsWith('services')) return of;
        return run.through({
          ...of,
          async outputs() {
            if (commit.changesServices)
              for (const app of apps) {
                const now = weather.now();
                const { taskDefinition } = services[app].view(now).primary;
                services[app].update(taskDefinition, now, {
                  force: true,
                  durationMs: 5_000 + weather.random(30_000),
                });
              }
            const registered = (app: App, version = '') => ({
              name: app,
              task_definition_arn: taskDefinitionOf(app, version),
            });
            return {
              services: {
                api: registered('api', variables?.['TF_VAR_api_release']),
                ml_worker: registered('ml-worker', variables?.['TF_VAR_ml_worker_release']),
              },
            };
          },
        });
      };
      return { ...terraform, terraformOf, publishImages };
    },
    updateByHand(app: App, taskDefinition: string): void {
      services[app].update(taskDefinition, weather.now(), { durationMs: 20_000 });
    },
    current: () => current,
    fateOf,
    releases: (): readonly Release[] => [...ledger.values()],
    running: () => forEveryApp((app) => services[app].view(weather.now()).primary),
    isSettled: () =>
      apps.every((app) =>
        services[app]
          .view(weather.now())
          .deployments.every(({ status }) => !/PENDING|PROGRESS|REQUESTED/.test(status)),
      ),
  };
}
export type SimulatedEnvironment = ReturnType<typeof simulatedEnvironment>;

function releaseAt(sha: string, at: number): Release {
  const time = new Date(at).toISOString();
  return {
    id: `${time.replace(/[-:]/g, '')}-${sha}`,
    gitSha: sha,
    images: forEveryApp((app) => imageOf(app, sha)),
    taskDefinitions: forEveryApp((app) => taskDefinitionOf(app, sha)),
    startedAt: time,
    finishedAt: time,
    actor: 'ada',
    kind: 'deploy',
    outcome: 'SUCCESSFUL',
  };
}
