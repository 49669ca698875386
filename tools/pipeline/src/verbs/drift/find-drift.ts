import { isDeepStrictEqual } from 'node:util';
import { attributeChanges } from '../../core/plan-report/attribute-changes';
import { kindOf } from '../../core/plan-report/change-kind';
import type { PlanDocument, PlannedResource } from '../../core/plan-report/plan-document';
import { ignoredAttributes, isIgnored, type StackResources } from './ignored-attributes';

/** How a stack differs from its code. */
export interface StackDrift {
  readonly stack: string;
  /** What an apply would do now: undo a change made by hand, or catch up with code not deployed yet. */
  readonly planned: readonly PlannedResource[];
  /** What somebody else changed, as far as an apply would undo it. */
  readonly changedByOthers: readonly PlannedResource[];
  /** What somebody else changed and no code speaks of, so that nothing would undo it. */
  readonly unmanaged: readonly PlannedResource[];
}

/**
 * A plan refreshes first, and says in `resource_drift` what it then found changed since the last apply:
 * what `plan -refresh-only` says, in half the time. AWS fills in attributes by itself (the rules of a
 * security group, the ARN of a newest version), so what no plan would undo is told but alone is no drift.
 */
export function findDrift(stack: string, plan: PlanDocument, code: StackResources): StackDrift {
  const ignored = ignoredAttributes(code);
  const planned = (plan.resource_changes ?? []).filter((resource) => {
    const kind = kindOf(resource);
    return kind !== undefined && kind !== 'move' && kind !== 'import' && kind !== 'forget';
  });
  const drifted = (plan.resource_drift ?? []).filter((resource) => {
    if (resource.mode === 'data' || isDeepStrictEqual(resource.change.actions, ['no-op']))
      return false;
    const attributes = ignored.get(resource.address.replace(/\[.*$/, ''));
    return attributeChanges(resource.change).some(
      ({ changed, path }) => changed && !isIgnored(path, attributes),
    );
  });
  const isPlanned = ({ address }: PlannedResource) =>
    planned.some((each) => each.address === address || each.previous_address === address);
  return {
    stack,
    planned,
    changedByOthers: drifted.filter(isPlanned),
    unmanaged: drifted.filter((resource) => !isPlanned(resource)),
  };
}

/** Is the environment not what its code says? */
export function hasDrifted({ planned }: StackDrift): boolean {
  return planned.length > 0;
}
