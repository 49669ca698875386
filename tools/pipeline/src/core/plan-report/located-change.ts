import { kindOf, type ChangeKind } from '../terraform/change-kind';
import type { PlanDocument, PlannedResource } from './plan-document';

/** A change of a resource, with its stack. */
export interface LocatedChange {
  readonly stack: string;
  readonly kind: ChangeKind;
  readonly resource: PlannedResource;
  /** What changed outside of Terraform, if anything did. */
  readonly drift?: PlannedResource | undefined;
}

export function changesOf(stack: string, plan: PlanDocument): readonly LocatedChange[] {
  const driftAt = new Map(plan.resource_drift?.map((drift) => [drift.address, drift]));
  return (plan.resource_changes ?? []).flatMap((resource) => {
    const kind = kindOf(resource);
    const drift = driftAt.get(resource.previous_address ?? resource.address);
    return kind ? [{ stack, kind, resource, drift }] : [];
  });
}
