import { changeKinds, kindOf, type ChangeKind } from './change-kind';
import type { PlanJson } from './plan-json';

/** How many resources a plan changes, by what happens to them. */
export interface PlanSummary extends Readonly<Record<ChangeKind, number>> {
  /** Outputs whose value changes: they change downstream stacks even if no resource changes. */
  readonly outputs: number;
}

export const noChange: PlanSummary = {
  replace: 0,
  destroy: 0,
  forget: 0,
  change: 0,
  add: 0,
  import: 0,
  move: 0,
  outputs: 0,
};
const counted = [...changeKinds, 'outputs'] as const;

/** Counts a plan's changes. Reading a data source is not one. */
export function summarisePlan(plan: PlanJson): PlanSummary {
  const counts = { ...noChange };
  for (const resource of plan.resource_changes ?? []) {
    const kind = kindOf(resource);
    if (kind) counts[kind]++;
  }
  for (const { actions } of Object.values(plan.output_changes ?? {}))
    if (actions.some((action) => action !== 'no-op')) counts.outputs++;
  return counts;
}

export function totalOf(summaries: readonly PlanSummary[]): PlanSummary {
  const sum = { ...noChange };
  for (const summary of summaries) for (const each of counted) sum[each] += summary[each];
  return sum;
}

/** Whether the stack, its state or its outputs are another after an apply. */
export function hasChanges(summary: PlanSummary): boolean {
  return counted.some((each) => summary[each] > 0);
}

/** @returns the summary in Terraform's own words, e.g. "12 to add, 1 to change, 0 to destroy, 1 to move" */
export function describeSummary(summary: PlanSummary): string {
  if (!hasChanges(summary)) return 'no changes';
  const inResources = changeKinds.some((kind) => summary[kind] > 0);
  if (!inResources) return `no resource changes, ${summary.outputs} outputs`;
  const always: readonly ChangeKind[] = ['add', 'change', 'destroy'];
  const shown = (
    ['add', 'change', 'replace', 'destroy', 'move', 'import', 'forget'] as const
  ).filter((kind) => always.includes(kind) || summary[kind] > 0);
  return shown.map((kind) => `${summary[kind]} to ${kind}`).join(', ');
}
