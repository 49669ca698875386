import type { ResourceChange, PlanJson } from '../terraform/plan-json';

/** What `terraform show -json` says of a change (format version 1.x), as far as a reader needs it. */
export interface PlannedChange {
  readonly actions: ResourceChange['change']['actions'];
  readonly before?: unknown;
  readonly after?: unknown;
  /** In the shape of `after`: true where the value is known only after the apply. */
  readonly after_unknown?: unknown;
  /** In the shape of `before`: true where the value is sensitive. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** Attributes whose change makes Terraform replace the resource. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export interface PlannedResource extends ResourceChange {
  /** `data` for what is only read. */
  readonly mode?: string;
  /** Where it was before a `moved` block. */
  readonly previous_address?: string;
  readonly change: PlannedChange;
}

/** The plan of one stack, as the review and its comment read it. */
export interface PlanDocument extends Omit<PlanJson, 'resource_changes' | 'output_changes'> {
  readonly resource_changes?: readonly PlannedResource[];
  readonly output_changes?: Readonly<Record<string, PlannedChange>>;
  /** What others changed since the last apply, whether the plan would undo it or not. */
  readonly resource_drift?: readonly PlannedResource[];
}
