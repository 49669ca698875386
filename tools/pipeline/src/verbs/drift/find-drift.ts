import { isDeepStrictEqual } from 'node:util';
import { attributeChanges } from '../../core/plan-report/attribute-changes';
import { kindOf } from '../../core/terraform/change-kind';
import { changesIn, type ReviewedChange } from '../../core/plan-report/fingerprint';
import { redactPlan } from '../../core/plan-report/redact';
import type { PlanJson, PlannedResource } from '../../core/terraform/plan-json';
import { ignoredAttributes, isIgnored, type StackResources } from './ignored-attributes';

/** How a stack differs from its code. */
export interface StackDrift {
  readonly stack: string;
  /** Hashes of `planned` and `changedByOthers`, equal for two runs that found the same. */
  readonly changes: readonly ReviewedChange[];
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
export function findDrift(
  stack: string,
  plan: PlanJson,
  { code, key }: { readonly code: StackResources; readonly key: string },
): StackDrift {
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
  const changedByOthers = drifted.filter(isPlanned);
  return {
    stack,
    changes: [
      ...changesIn(`${stack} plan`, { resource_changes: planned }, key),
      ...changesIn(`${stack} drift`, { resource_changes: changedByOthers }, key),
    ],
    planned,
    changedByOthers,
    unmanaged: drifted.filter((resource) => !isPlanned(resource)),
  };
}

/** Without sensitive values. @param texts that are sensitive in any of the stacks */
export function redactDrift(drift: StackDrift, texts: readonly string[]): StackDrift {
  const redacted = (resources: readonly PlannedResource[]) =>
    redactPlan({ resource_changes: resources }, texts).resource_changes ?? [];
  return {
    ...drift,
    planned: redacted(drift.planned),
    changedByOthers: redacted(drift.changedByOthers),
    unmanaged: redacted(drift.unmanaged),
  };
}

/** Whether the stack differs from its code. */
export function hasDrifted({ planned }: StackDrift): boolean {
  return planned.length > 0;
}
