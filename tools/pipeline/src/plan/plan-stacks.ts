import { prefixed, type Reporter } from '../edge/reporter';
import { PipelineError } from '../errors';
import type { Stack } from '../stacks/manifest';
import { inDependencyOrder } from '../stacks/schedule';
import {
  describeSummary,
  noChange,
  resourceChanges,
  summarisePlan,
  type PlanJson,
  type PlanSummary,
} from '../terraform/plan-json';
import type { Terraform } from '../terraform/terraform';

export type StackPlan =
  | { readonly stack: string; readonly status: 'planned'; readonly summary: PlanSummary }
  /** Its plan would read outputs that the stacks in `upstream` have not got yet. */
  | { readonly stack: string; readonly status: 'deferred'; readonly upstream: readonly string[] }
  | { readonly stack: string; readonly status: 'failed'; readonly reason: string };

/** Each Terraform process keeps about one core busy; more than this only makes all of them slower. */
export const planConcurrency = 2;

/** Makes up what a stack would put out once applied, so that the stacks behind it can be planned. */
export type AssumeOutputs = (stack: Stack, plan: PlanJson) => Promise<void>;

export interface PlanStacksOptions {
  /** Where given, nothing is deferred: stacks are planned on what it assumes. */
  readonly assume?: AssumeOutputs | undefined;
  /** Is told every plan as Terraform has it, secrets and all. */
  readonly keep?: (stack: Stack, plan: PlanJson) => Promise<void>;
}

/**
 * Plans stacks in dependency order, in parallel where they are independent; changes nothing. One that
 * cannot be planned does not keep the others from it: a reviewer wants to see all that there is.
 */
export async function planStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
  reporter: Reporter,
  { assume, keep }: PlanStacksOptions = {},
): Promise<readonly StackPlan[]> {
  const plans = await inDependencyOrder<Stack, StackPlan>(
    stacks,
    planConcurrency,
    async (stack, done) => {
      const says = prefixed(reporter, stack.name);
      const failed = stack.dependencies.filter((name) => done.get(name)?.status === 'failed');
      const upstream = assume ? failed : unappliedUpstream(stack, done);
      if (upstream.length > 0) {
        says.info(`deferred until ${upstream.join(', ')} is applied`);
        return { stack: stack.name, status: 'deferred', upstream };
      }
      try {
        const terraform = terraformOf(stack);
        await terraform.init();
        const plan = await terraform.plan();
        await keep?.(stack, plan);
        await assume?.(stack, plan);
        const summary = summarisePlan(plan);
        says.info(describeSummary(summary));
        return { stack: stack.name, status: 'planned', summary };
      } catch (error) {
        if (!(error instanceof PipelineError) || error.reason !== 'terraform') throw error;
        says.warn(error.message);
        return { stack: stack.name, status: 'failed', reason: error.message };
      }
    },
  );
  return stacks.flatMap((stack) => plans.get(stack.name) ?? []);
}

/** The stacks that `stack` reads from and that are not as their code says yet. */
export function unappliedUpstream(
  stack: Stack,
  plans: ReadonlyMap<string, StackPlan>,
): readonly string[] {
  return stack.dependencies.filter((name) => {
    const plan = plans.get(name);
    if (!plan) return false;
    return plan.status !== 'planned' || resourceChanges(plan.summary) + plan.summary.outputs > 0;
  });
}

/** One line over all stacks, e.g. "181 to add, 0 to change, 0 to destroy in 4 stacks". */
export function describeTotal(plans: readonly StackPlan[]): string {
  const summaries = plans.flatMap((plan) => (plan.status === 'planned' ? [plan.summary] : []));
  const total = summaries.reduce(
    (sum, each) => ({
      add: sum.add + each.add,
      change: sum.change + each.change,
      replace: sum.replace + each.replace,
      destroy: sum.destroy + each.destroy,
      outputs: sum.outputs + each.outputs,
    }),
    noChange,
  );
  const rest = (['deferred', 'failed'] as const).flatMap((status) => {
    const count = plans.filter((plan) => plan.status === status).length;
    return count > 0 ? [`, ${count} ${status}`] : [];
  });
  return `${describeSummary(total)} in ${summaries.length} stacks${rest.join('')}`;
}
