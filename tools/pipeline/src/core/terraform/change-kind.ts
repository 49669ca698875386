import type { PlannedResource } from './plan-json';

/** What happens to a resource, in the order in which reviewers should see it. */
export const changeKinds = [
  'replace',
  'destroy',
  'forget',
  'change',
  'add',
  'import',
  'move',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** @returns undefined for resources that are only read or do not change */
export function kindOf({
  mode,
  previous_address: previous,
  change,
}: PlannedResource): ChangeKind | undefined {
  const { actions, importing } = change;
  if (mode === 'data') return undefined;
  const creates = actions.includes('create');
  // A replacement may only forget the old object; to a reviewer it is replaced all the same.
  if (creates && (actions.includes('delete') || actions.includes('forget'))) return 'replace';
  if (creates) return 'add';
  if (actions.includes('delete')) return 'destroy';
  if (actions.includes('forget')) return 'forget';
  if (actions.includes('update')) return 'change';
  if (importing) return 'import';
  return previous === undefined ? undefined : 'move';
}
