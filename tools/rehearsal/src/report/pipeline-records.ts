import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of what tools/pipeline writes to dist/pipeline/local that the report needs. */
interface Summary {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

export type PlannedStack =
  | { readonly stack: string; readonly status: 'planned'; readonly summary: Summary }
  | { readonly stack: string; readonly status: 'deferred' };

export interface AppliedStack {
  readonly stack: string;
  readonly resources: number;
}

export async function readPlan(root: string): Promise<readonly PlannedStack[]> {
  return (await readRecord<{ stacks: PlannedStack[] }>(root, 'plan.json')).stacks;
}

export async function readApplied(root: string): Promise<readonly AppliedStack[]> {
  return (await readRecord<{ stacks: AppliedStack[] }>(root, 'apply.json')).stacks;
}

async function readRecord<Record>(root: string, name: string): Promise<Record> {
  return JSON.parse(await readFile(join(root, 'dist/pipeline/local', name), 'utf8')) as Record;
}

/** Resources that a plan would change; NaN for a deferred stack, whose changes are unknown. */
export function changesOf(plan: PlannedStack): number {
  if (plan.status === 'deferred') return NaN;
  const { add, change, replace, destroy } = plan.summary;
  return add + change + replace + destroy;
}

/** e.g. `account 2 changes, foundation 64 changes, services deferred` */
export function describePlan(stacks: readonly PlannedStack[]): string {
  return stacks
    .map((plan) => {
      const name = plan.stack.split('-').at(-1);
      return plan.status === 'deferred' ? `${name} deferred` : `${name} ${changesOf(plan)} changes`;
    })
    .join(', ');
}

export function totalResources(stacks: readonly AppliedStack[]): number {
  return stacks.reduce((sum, { resources }) => sum + resources, 0);
}
