import { PipelineError } from '../../errors';
import { forEveryApp, type App } from '../../core/names';
import type { Release } from '../../core/releases/release';

export interface RollbackSituation {
  /** The release that the pointer names. */
  readonly current: Release | undefined;
  /** Newest first. */
  readonly history: readonly Release[];
  /** Whether a rollout was running, and was stopped. */
  readonly inFlight: boolean;
  /** Id of the release that was asked for. */
  readonly wanted?: string | undefined;
  /** The services to roll back. */
  readonly services: readonly App[];
}

/**
 * The release to bring back: the one that was asked for; else, if a rollout was in flight, the current
 * one, because the one in flight never became current; else the last successful one before it that ran
 * something else. Never "revision - 1": that may be the one that failed.
 * @throws PipelineError `noRelease`
 */
export function chooseRelease(situation: RollbackSituation): Release {
  const { current, history, inFlight, wanted, services } = situation;
  if (wanted !== undefined) return askedFor(history, wanted);
  if (inFlight && current) return current;
  // After a rollback, releases newer than the restored one were left for a reason: start behind it.
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
      'No earlier release was successful.',
      'To see the releases, run: npm run pipeline -- releases list --env <name>',
    );
  return before;
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
): Pick<Release, 'images' | 'taskDefinitions'> {
  const stay = current ?? target;
  const from = (app: App) => (services.includes(app) ? target : stay);
  return {
    images: forEveryApp((app) => from(app).images[app]),
    taskDefinitions: forEveryApp((app) => from(app).taskDefinitions[app]),
  };
}

function runsTheSame(services: readonly App[], a: Release, b: Release): boolean {
  return services.every((app) => a.taskDefinitions[app] === b.taskDefinitions[app]);
}
