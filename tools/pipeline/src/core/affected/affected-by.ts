import { apps, type App } from '../names';

/** What a change affects, by the projects that Nx lists as affected. */
export interface Affected {
  /** The commit compared with; undefined if everything counts as changed. */
  readonly base: string | undefined;
  readonly projects: readonly string[];
  readonly apps: readonly App[];
  /** Last parts of the stacks' names, as `--stacks` takes them. */
  readonly stacks: readonly string[];
  /** Whether there is anything to deploy. */
  readonly deploy: boolean;
}

/** All stacks share one program, so a change to it affects all of them; their plans show which really change. */
const stackNames = ['account', 'foundation', 'data', 'services', 'inference'] as const;

/** @param projects names as Nx has them, e.g. `@clarity/api` */
export function affectedBy(projects: readonly string[], base: string | undefined): Affected {
  const isAffected = (name: string) => projects.includes(`@clarity/${name}`);
  const affectedApps = apps.filter(isAffected);
  const stacks = isAffected('infra') ? stackNames : [];
  return {
    base,
    projects,
    apps: affectedApps,
    stacks,
    deploy: affectedApps.length > 0 || stacks.length > 0,
  };
}

/** The commit from which on changes are not deployed. */
export type Base =
  { readonly commit: string } | { readonly commit: undefined; readonly why: string };

/**
 * The current release's commit, and not that of the last green run: so changes that an evicted or failed run
 * did not deploy still count.
 * @param release Git SHA of the current release, with `-dirty` if it had uncommitted changes
 * @param isKnown whether this clone has a commit
 */
export async function baseOf(
  release: string | undefined,
  isKnown: (commit: string) => Promise<boolean>,
): Promise<Base> {
  if (release === undefined) return { commit: undefined, why: 'nothing has been released yet' };
  if (!/^[0-9a-f]{40}$/.test(release))
    return {
      commit: undefined,
      why: `the current release was not built from a commit (${release})`,
    };
  if (!(await isKnown(release)))
    return {
      commit: undefined,
      why: `this clone has no commit ${release.slice(0, 7)}, which is the current release`,
    };
  return { commit: release };
}
