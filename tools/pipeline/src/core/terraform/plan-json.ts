/** The parts of `terraform show -json <plan>` that we read (format version 1.x). */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly Action[] }>>;
  readonly planned_values?: {
    /** `value` is absent if it is known only after the apply. */
    readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  };
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly Action[] };
}

type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  /** Outputs whose value changes: they change downstream stacks even if no resource changes. */
  readonly outputs: number;
}

export const noChange: PlanSummary = { add: 0, change: 0, replace: 0, destroy: 0, outputs: 0 };

/** Counts a plan's changes. Reading a data source is not one. */
export function summarisePlan(plan: PlanJson): PlanSummary {
  const counts = { ...noChange };
  for (const { change } of plan.resource_changes ?? []) {
    const kind = changeKind(change.actions);
    if (kind) counts[kind]++;
  }
  for (const { actions } of Object.values(plan.output_changes ?? {}))
    if (actions.some((action) => action !== 'no-op')) counts.outputs++;
  return counts;
}

function changeKind(actions: readonly Action[]): 'add' | 'change' | 'replace' | 'destroy' | null {
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'add';
  if (actions.includes('delete')) return 'destroy';
  if (actions.includes('update')) return 'change';
  return null;
}

/** Resources that would change. */
export function resourceChanges(summary: PlanSummary): number {
  return summary.add + summary.change + summary.replace + summary.destroy;
}

/** @returns the summary in Terraform's own words, e.g. "12 to add, 1 to change, 0 to destroy" */
export function describeSummary(summary: PlanSummary): string {
  if (resourceChanges(summary) === 0)
    return summary.outputs > 0 ? `no resource changes, ${summary.outputs} outputs` : 'no changes';
  const parts = [
    `${summary.add} to add`,
    `${summary.change} to change`,
    ...(summary.replace > 0 ? [`${summary.replace} to replace`] : []),
    `${summary.destroy} to destroy`,
  ];
  return parts.join(', ');
}
