import pLimit from 'p-limit';
import { prefixed, type Reporter } from '../../io/reporter';
import { PipelineError } from '../../errors';
import type { Stack } from '../../core/stacks/manifest';
import { inDependencyOrder, planConcurrency } from '../../core/stacks/schedule';
import type { PlanJson } from '../../core/terraform/plan-json';
import {
  describeSummary,
  summarisePlan,
  totalOf,
  type PlanSummary,
} from '../../core/terraform/plan-summary';
import type { Terraform } from '../../core/terraform/terraform';

export type StackPlan =
  | { readonly stack: string; readonly status: 'planned'; readonly summary: PlanSummary }
  /** Its plan would read outputs that the stacks in `upstream` do not have yet. */
  | { readonly stack: string; readonly status: 'deferred'; readonly upstream: readonly string[] }
  | { readonly stack: string; readonly status: 'failed'; readonly reason: string };

/** Assumes the outputs of a stack, so that its downstream stacks can be planned. */
export type AssumeOutputs = (stack: Stack, plan: PlanJson) => Promise<void>;

export interface PlanStacksOptions {
  /** Whether a stack need not be planned, because an apply would leave it alone. */
  readonly isUnchanged?: (stack: Stack) => Promise<boolean>;
  /** If given, nothing is deferred: stacks are planned on the assumed outputs. */
  readonly assume?: AssumeOutputs | undefined;
  /** Called with every plan as Terraform has it, including secrets. */
  readonly keep?: (stack: Stack, plan: PlanJson) => Promise<void>;
}

/**
 * Plans stacks, several at once, and changes nothing. If one cannot be planned, the others still are: a
 * reviewer wants to see every plan.
 */
export async function planStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Promise<Terraform>,
  reporter: Reporter,
  { isUnchanged, assume, keep }: PlanStacksOptions = {},
): Promise<readonly StackPlan[]> {
  const inTurn = pLimit(planConcurrency);
  const attempt = (stack: Stack) =>
    inTurn(async () => {
      const skip = await isUnchanged?.(stack);
      return skip ? skipped : planOne(await terraformOf(stack));
    });
  // Usually no output changes upstream, so every stack is planned at once on the outputs that exist; if one
  // does change, the plan is discarded.
  const ahead = new Map(assume ? [] : stacks.map((stack) => [stack.name, attempt(stack)]));
  // A failure is handled when the plan is awaited; until then it must not end the process.
  for (const plan of ahead.values()) plan.catch(() => undefined);
  const decide = async (stack: Stack, done: ReadonlyMap<string, StackPlan>): Promise<StackPlan> => {
    const log = prefixed(reporter, stack.name);
    const failed = stack.dependencies.filter((name) => done.get(name)?.status === 'failed');
    const upstream = assume ? failed : unappliedUpstream(stack, done);
    if (upstream.length > 0) {
      log.info(`deferred until ${upstream.join(', ')} is applied`);
      return { stack: stack.name, status: 'deferred', upstream };
    }
    const result = await (ahead.get(stack.name) ?? attempt(stack));
    if ('reason' in result) {
      log.warn(result.reason);
      return { stack: stack.name, status: 'failed', reason: result.reason };
    }
    await keep?.(stack, result.plan);
    await assume?.(stack, result.plan);
    const summary = summarisePlan(result.plan);
    log.info(result === skipped ? 'unchanged since last apply, skipped' : describeSummary(summary));
    return { stack: stack.name, status: 'planned', summary };
  };
  try {
    const plans = await inDependencyOrder(stacks, stacks.length, decide);
    return stacks.flatMap((stack) => plans.get(stack.name) ?? []);
  } finally {
    // No plan runs on, even if one of them failed.
    await Promise.allSettled(ahead.values());
  }
}

type Attempt = { readonly plan: PlanJson } | { readonly reason: string };

const skipped: Attempt = { plan: {} };

async function planOne(terraform: Terraform): Promise<Attempt> {
  try {
    await terraform.init();
    return { plan: await terraform.plan() };
  } catch (error) {
    if (!(error instanceof PipelineError) || error.reason !== 'terraform') throw error;
    return { reason: error.message };
  }
}

/** The stacks whose outputs `stack` reads, and that are about to change one; it reads nothing else of them. */
function unappliedUpstream(stack: Stack, plans: ReadonlyMap<string, StackPlan>): readonly string[] {
  return stack.dependencies.filter((name) => {
    const plan = plans.get(name);
    if (!plan) return false;
    return plan.status !== 'planned' || plan.summary.outputs > 0;
  });
}

/** One line over all stacks, e.g. "181 to add, 0 to change, 0 to destroy in 4 stacks". */
export function describeTotal(plans: readonly StackPlan[]): string {
  const summaries = plans.flatMap((plan) => (plan.status === 'planned' ? [plan.summary] : []));
  const rest = (['deferred', 'failed'] as const).flatMap((status) => {
    const count = plans.filter((plan) => plan.status === status).length;
    return count > 0 ? [`, ${count} ${status}`] : [];
  });
  return `${describeSummary(totalOf(summaries))} in ${summaries.length} stacks${rest.join('')}`;
}
