import { PipelineError } from '../../core/errors';
import type { App } from '../../core/names';
import type { Release } from '../../core/releases/release';

export interface RollbackSituation {
  /** The release that the pointer names. */
  readonly current: Release | undefined;
  /** Newest first. */
  readonly history: readonly Release[];
  /** A rollout is going on; it is stopped first. */
  readonly inFlight: boolean;
  /** Id that a person asked for. */
  readonly wanted?: string;
  /** What is to go back. */
  readonly services: readonly App[];
}

/**
 * The release to bring back: what was asked for; else, with a rollout in flight, the current one (the
 * one in flight never became current); else the last successful one before it that ran something else. Never "revision - 1": that may be the one that failed.
 * @throws PipelineError `noRelease`
 */
export function chooseRelease(situation: RollbackSituation): Release {
  const { current, history, inFlight, wanted, services } = situation;
  if (wanted !== undefined) return askedFor(history, wanted);
  if (inFlight && current) return current;
  // After a rollback, what was left behind is newer than what runs, and not to be gone back to.
  const running = history.findIndex(({ id }) => id === (current?.restores ?? current?.id));
  const before = history
    .slice(running + 1)
    .find(
      (release) =>
        release.outcome === 'SUCCESSFUL' && !!current && !runsTheSame(services, release, current),
    );
  if (!before)
    throw new PipelineError(
      'noRelease',
      'There is no earlier release that was successful.',
      'See what there is with: npm run pipeline -- releases list --env <name>',
    );
  return before;
}

function askedFor(history: readonly Release[], wanted: string): Release {
  const release = history.find(({ id }) => id === wanted);
  if (!release) throw new PipelineError('noRelease', `The ledger knows of no release ${wanted}.`);
  if (release.outcome !== 'SUCCESSFUL')
    throw new PipelineError(
      'noRelease',
      `The release ${wanted} ended as ${release.outcome}; only a successful one is brought back.`,
    );
  return release;
}

/**
 * What runs after a rollback: the chosen services as in the release that is brought back, the others as
 * they are.
 */
export function mixReleases(
  target: Release,
  current: Release | undefined,
  services: readonly App[],
): Pick<Release, 'images' | 'taskDefinitions'> {
  const stay = current ?? target;
  const from = (app: App) => (services.includes(app) ? target : stay);
  const mix = <T>(of: (release: Release, app: App) => T) => ({
    api: of(from('api'), 'api'),
    'ml-worker': of(from('ml-worker'), 'ml-worker'),
  });
  return {
    images: mix(({ images }, app) => images[app]),
    taskDefinitions: mix(({ taskDefinitions }, app) => taskDefinitions[app]),
  };
}

function runsTheSame(services: readonly App[], a: Release, b: Release): boolean {
  return services.every((app) => a.taskDefinitions[app] === b.taskDefinitions[app]);
}
