/** The parts of `terraform show -json <plan>` that we read (format version 1.x). */
export interface PlanJson {
  /**
   * Whether an apply would do anything, as Terraform decides it: `plan -detailed-exitcode` exits 2. Absent means
   * no. It is also true for a plan that only reads, as a `check` block does.
   */
  readonly applyable?: boolean;
  readonly resource_changes?: readonly PlannedResource[];
  readonly output_changes?: Readonly<Record<string, PlannedChange>>;
  /** Changes since the last apply that Terraform did not make, whether the plan would undo them or not. */
  readonly resource_drift?: readonly PlannedResource[];
  readonly checks?: readonly CheckResult[];
  readonly planned_values?: {
    /** `value` is absent if it is known only after the apply. */
    readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  };
}

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  /** `data` for a data source. */
  readonly mode?: string;
  /** Its address before a `moved` block. */
  readonly previous_address?: string;
  /** Of an object that is no longer the resource's own: an interrupted replacement left it behind. */
  readonly deposed?: string;
  /** Why Terraform chose these actions, e.g. `replace_because_tainted`. */
  readonly action_reason?: string;
  readonly change: PlannedChange;
}

export interface PlannedChange {
  readonly actions: readonly Action[];
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

/** The conditions of a `check` block, or of a resource or output, for each of its instances. */
export interface CheckResult {
  readonly address: { readonly to_display: string };
  readonly status: 'pass' | 'fail' | 'error' | 'unknown';
  readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
}

type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';
