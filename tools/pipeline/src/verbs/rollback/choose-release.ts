import { PipelineError } from '../../errors';
import { forEveryApp, type App } from '../../core/names';
import { imageIn, type Release } from '../../core/releases/release';

export interface RollbackSituation {
  /** The release that the pointer names. */
  readonly current: Release | undefined;
  /** Newest first. */
  readonly history: readonly Release[];
  /** The task definition that each service is set to, as far as ECS shows. */
  readonly running: Readonly<Record<App, string>>;
  /** Id of the release that was asked for. */
  readonly wanted?: string | undefined;
  /** The services to roll back. */
  readonly services: readonly App[];
}

/**
 * The release to bring back, in this order: the one that was asked for; the one that an unfinished rollback
 * was to bring back; the current one, if something else runs or may run, because a deploy was killed or
 * failed; the last successful one before it. Never "revision - 1": that may be the one that failed.
 * @throws PipelineError `noRelease`
 */
export function chooseRelease(situation: RollbackSituation): Release {
  const { current, history, running, wanted, services } = situation;
  if (wanted !== undefined) return askedFor(history, wanted);
  const [newest] = history;
  const unfinished = newest?.outcome === 'IN_PROGRESS' ? newest : undefined;
  if (unfinished?.restores !== undefined) return askedFor(history, unfinished.restores);
  if (!current) throw noEarlierRelease();
  const isCurrent = (taskDefinitions: Readonly<Record<App, string>>) =>
    services.every((app) => taskDefinitions[app] === current.taskDefinitions[app]);
  // ECS may not show yet what an unfinished run has started.
  if (!isCurrent(running) || (unfinished && !isCurrent(unfinished.taskDefinitions))) return current;
  return earlier(history, current, services, isCurrent);
}

/**
 * Only deploys count: a rollback brought back something that one of them had put there. After a rollback of
 * one service, it and the other run different releases; what is newer than the older of the two was left for
 * a reason.
 */
function earlier(
  history: readonly Release[],
  current: Release,
  services: readonly App[],
  isCurrent: (taskDefinitions: Readonly<Record<App, string>>) => boolean,
): Release {
  const good = history.filter(({ kind, outcome }) => kind === 'deploy' && outcome === 'SUCCESSFUL');
  const origins = services.map((app) =>
    good.findIndex((each) => each.taskDefinitions[app] === current.taskDefinitions[app]),
  );
  if (origins.includes(-1)) throw noEarlierRelease();
  const found = good
    .slice(Math.max(...origins))
    .find(({ taskDefinitions }) => !isCurrent(taskDefinitions));
  if (!found) throw noEarlierRelease();
  return found;
}

function noEarlierRelease(): PipelineError {
  return new PipelineError(
    'noRelease',
    'No earlier release was successful.',
    'To see the releases, run: npm run pipeline -- releases list --env <name>',
  );
}

function askedFor(history: readonly Release[], wanted: string): Release {
  const release = history.find(({ id }) => id === wanted);
  if (!release) throw new PipelineError('noRelease', `No release ${wanted} in the ledger.`);
  if (release.outcome !== 'SUCCESSFUL')
    throw new PipelineError(
      'noRelease',
      `Release ${wanted} ended as ${release.outcome}; only a successful release can be brought back.`,
    );
  return release;
}

/** What runs after a rollback: the chosen services as in `target`, the others unchanged. */
export function mixReleases(
  target: Release,
  current: Release | undefined,
  services: readonly App[],
): Pick<Release, 'images' | 'builtFrom' | 'taskDefinitions'> {
  const stay = current ?? target;
  const from = (app: App) => (services.includes(app) ? target : stay);
  return {
    images: forEveryApp((app) => from(app).images[app]),
    builtFrom: forEveryApp((app) => imageIn(from(app), app).commit),
    taskDefinitions: forEveryApp((app) => from(app).taskDefinitions[app]),
  };
}
