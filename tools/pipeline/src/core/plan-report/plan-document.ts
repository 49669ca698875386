import type { ResourceChange, PlanJson } from '../terraform/plan-json';

/** The parts of a change in `terraform show -json` that are shown (format version 1.x). */
export interface PlannedChange {
  readonly actions: ResourceChange['change']['actions'];
  readonly before?: unknown;
  readonly after?: unknown;
  /** In the shape of `after`; true for values that are known only after the apply. */
  readonly after_unknown?: unknown;
  /** In the shape of `before`; true for sensitive values. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** Attributes whose change makes Terraform replace the resource. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export interface PlannedResource extends ResourceChange {
  /** `data` for a data source. */
  readonly mode?: string;
  /** Its address before a `moved` block. */
  readonly previous_address?: string;
  readonly change: PlannedChange;
}

/** The plan of one stack, as reviews and comments read it. */
export interface PlanDocument extends Omit<PlanJson, 'resource_changes' | 'output_changes'> {
  readonly resource_changes?: readonly PlannedResource[];
  readonly output_changes?: Readonly<Record<string, PlannedChange>>;
  /** Changes since the last apply that Terraform did not make, whether the plan would undo them or not. */
  readonly resource_drift?: readonly PlannedResource[];
}
