import { isDeepStrictEqual } from 'node:util';
import { attributeChanges } from '../../core/plan-report/attribute-changes';
import { kindOf } from '../../core/terraform/change-kind';
import type { PlanDocument, PlannedResource } from '../../core/plan-report/plan-document';
import { ignoredAttributes, isIgnored, type StackResources } from './ignored-attributes';

/** How a stack differs from its code. */
export interface StackDrift {
  readonly stack: string;
  /** What an apply would do: undo a change made by hand, or deploy new code. */
  readonly planned: readonly PlannedResource[];
  /** Changes by others that an apply would undo. */
  readonly changedByOthers: readonly PlannedResource[];
  /** Changes by others to attributes that the code does not set, so that an apply would not undo them. */
  readonly unmanaged: readonly PlannedResource[];
}

/**
 * A plan refreshes first and reports in `resource_drift` what has changed since the last apply: as
 * `plan -refresh-only` does, in half the time. AWS fills in attributes by itself (the rules of a security
 * group, the ARN of the newest version), so changes that no plan would undo are shown but do not count.
 */
export function findDrift(stack: string, plan: PlanDocument, code: StackResources): StackDrift {
  const ignored = ignoredAttributes(code);
  const planned = (plan.resource_changes ?? []).filter((resource) => kindOf(resource));
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

/** Whether the stack differs from its code. */
export function hasDrifted({ planned }: StackDrift): boolean {
  return planned.length > 0;
}
