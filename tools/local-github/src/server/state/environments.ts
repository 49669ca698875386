import type { EnvironmentRecord } from './records';
import type { Store } from './store';

export function findEnvironment(store: Store, name: string): EnvironmentRecord | undefined {
  return store.environmentsByName.get(name.toLowerCase());
}

/** Creates an environment, or gives it these settings instead of those that it had. */
export function setEnvironment(
  store: Store,
  name: string,
  settings: { readonly reviewers: readonly string[]; readonly restrictsBranches: boolean },
): EnvironmentRecord {
  const now = store.now();
  const known = findEnvironment(store, name);
  const record: EnvironmentRecord = {
    id: known?.id ?? store.nextId(),
    name: known?.name ?? name,
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
    reviewers: settings.reviewers,
    branchPolicies: settings.restrictsBranches ? (known?.branchPolicies ?? []) : undefined,
  };
  store.environmentsByName.set(name.toLowerCase(), record);
  return record;
}

/** Whether a job of this ref may start. An environment that nobody set up is open, as at GitHub. */
export function admits(store: Store, environment: string, ref: string): boolean {
  const branches = findEnvironment(store, environment)?.branchPolicies;
  return branches?.some(({ name }) => ref === `refs/heads/${name}`) ?? true;
}
