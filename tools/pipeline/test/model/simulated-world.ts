import { apps, forEveryApp, type App } from '../../src/core/names';
import type { Release } from '../../src/core/releases/release';
import { deployRelease } from '../../src/verbs/deploy/run';
import { rollBack } from '../../src/verbs/rollback/run';
import { environmentQueue } from './environment-queue';
import {
  shaOf,
  simulatedEnvironment,
  taskDefinitionOf,
  type Commit,
  type SimulatedEnvironment,
} from './simulated-environment';
import { SimulatedRun, type Trouble } from './simulated-run';
import type { Fate } from './simulated-service';
import type { SimulatedTime } from './simulated-time';

/** In the order in which a commit goes through them. */
export const environmentNames = ['dev', 'prod'] as const;
export type Place = (typeof environmentNames)[number];

/** What happened in an environment, in the order in which it began. */
export interface Event {
  readonly kind: 'deploy' | 'rollback' | 'manual';
  readonly place: Place;
  readonly startedAt: number;
  readonly services: readonly App[];
  readonly run?: SimulatedRun;
  readonly trouble: Trouble;
  readonly wanted?: string | undefined;
  readonly commit?: Commit;
  /** As it began. */
  readonly before: {
    readonly pointer: Release | undefined;
    readonly running: Readonly<Record<App, string>>;
    readonly isSettled: boolean;
    /** The commit that was current in the environment before. */
    readonly previous: string | undefined;
    readonly updates: number;
  };
  endedAt: number | undefined;
}

export interface Push {
  readonly fates: Readonly<Record<App, Fate>>;
  readonly changes: readonly App[];
  readonly changesServices: boolean;
  readonly trouble: Trouble;
}

/** Two environments, their queues at GitHub, and everybody who changes them. */
export function simulatedWorld(time: SimulatedTime, random: (limit: number) => number) {
  const commits = new Map<string, Commit>();
  const weather = { now: time.now, random };
  const environments: Record<Place, SimulatedEnvironment> = {
    dev: simulatedEnvironment('dev', commits, weather),
    prod: simulatedEnvironment('prod', commits, weather),
  };
  const queues = { dev: environmentQueue(), prod: environmentQueue() };
  const events: Event[] = [];

  const begin = (
    kind: Event['kind'],
    place: Place,
    rest: Omit<Event, 'kind' | 'place' | 'startedAt' | 'before' | 'endedAt'>,
  ): Event => {
    const environment = environments[place];
    const running = environment.running();
    const event: Event = {
      kind,
      place,
      startedAt: time.now(),
      before: {
        pointer: environment.current(),
        running: forEveryApp((app) => running[app].taskDefinition),
        isSettled: environment.isSettled(),
        previous: place === 'prod' ? environments.dev.current()?.gitSha : undefined,
        updates: environment.updates.length,
      },
      endedAt: undefined,
      ...rest,
    };
    events.push(event);
    return event;
  };

  /** @returns once the run has ended, or the runner has died and GitHub has noticed */
  const follow = async (event: Event, verb: () => Promise<unknown>) => {
    const { run } = event;
    void run?.play(verb);
    while (run && !run.isOver) await time.sleep(1_000);
    event.endedAt = time.now();
  };

  const deployTo = async (place: Place, commit: Commit, trouble: Trouble): Promise<boolean> => {
    if (!(await queues[place].enter())) return true;
    const run = new SimulatedRun(`deploy ${commit.sha} to ${place}`, trouble, time, random);
    const event = begin('deploy', place, { services: apps, run, trouble, commit });
    const previous = place === 'prod' ? environments.dev.current() : undefined;
    const context = environments[place].terraformOf(run, commit, previous);
    await follow(event, () =>
      deployRelease(context, { services: apps, appsFolder: '', approved: undefined }, () => {}),
    );
    queues[place].leave();
    return run.end === 'green';
  };

  return {
    environments,
    events,
    /** The jobs of deploy.yml, which GitHub runs one after the other until one fails. */
    async push({ trouble, ...change }: Push): Promise<void> {
      const commit = { sha: shaOf(commits.size + 1), ...change };
      commits.set(commit.sha, commit);
      // An evicted job is cancelled, which does not stop the jobs after it.
      for (const place of environmentNames) if (!(await deployTo(place, commit, trouble))) return;
    },
    /** "Re-run failed jobs" of an earlier push: the job runs again with what was decided then. */
    async runAgain(place: Place, nth: number): Promise<void> {
      const failed = events.filter(
        (each) =>
          each.kind === 'deploy' &&
          each.place === place &&
          each.endedAt &&
          each.run?.end !== 'green',
      );
      const { commit } = failed[nth % Math.max(1, failed.length)] ?? {};
      if (commit) await deployTo(place, commit, {});
    },
    async rollBack(place: Place, services: readonly App[], trouble: Trouble): Promise<void> {
      const run = new SimulatedRun(
        `rollback of ${services.join()} in ${place}`,
        trouble,
        time,
        random,
      );
      const event = begin('rollback', place, { services, run, trouble });
      await follow(event, () =>
        rollBack(environments[place].contextOf(run, '/rollback'), { services }),
      );
    },
    /** Somebody calls UpdateService by hand. */
    async updateByHand(place: Place, app: App, nth: number): Promise<void> {
      const versions = [shaOf(0), ...commits.keys()];
      const event = begin('manual', place, { services: [app], trouble: {} });
      environments[place].updateByHand(
        app,
        taskDefinitionOf(app, versions[nth % versions.length] ?? shaOf(0)),
      );
      event.endedAt = time.now();
    },
    isQuiet: () =>
      events.every(({ endedAt }) => endedAt !== undefined) &&
      environmentNames.every((place) => environments[place].isSettled()),
  };
}
export type SimulatedWorld = ReturnType<typeof simulatedWorld>;
