import { apps, type App } from '../../core/names';

/** What a change concerns, by the projects of the workspace that Nx says it does. */
export interface Affected {
  /** Commit that was compared with; undefined where everything counts as changed. */
  readonly base: string | undefined;
  readonly projects: readonly string[];
  readonly apps: readonly App[];
  /** Last parts of the stacks' names, as `--stacks` takes them. */
  readonly stacks: readonly string[];
  /** Is there anything that a deploy would change? */
  readonly deploy: boolean;
}

/** Every stack reads the same code, so a change of it concerns all; what each plans tells them apart. */
export const stackNames = ['account', 'foundation', 'data', 'services'] as const;

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

/** From which commit on changes are not deployed yet. */
export type Base =
  { readonly commit: string } | { readonly commit: undefined; readonly why: string };

/**
 * The commit of the current release, never that of the last green run: what an evicted or a failed run
 * did not deploy is then still a change.
 * @param release git SHA of the current release, `-dirty` where it was not quite that
 * @param isKnown is the commit in this clone?
 */
export async function baseOf(
  release: string | undefined,
  isKnown: (commit: string) => Promise<boolean>,
): Promise<Base> {
  if (release === undefined) return { commit: undefined, why: 'nothing was released yet' };
  if (!/^[0-9a-f]{40}$/.test(release))
    return { commit: undefined, why: `the current release is of no commit (${release})` };
  if (!(await isKnown(release)))
    return {
      commit: undefined,
      why: `this clone has no commit ${release.slice(0, 7)}, which is the current release`,
    };
  return { commit: release };
}
