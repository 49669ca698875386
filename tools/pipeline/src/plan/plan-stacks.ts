import { prefixed, type Reporter } from '../edge/reporter';
import type { Stack } from '../stacks/manifest';
import { inDependencyOrder } from '../stacks/schedule';
import {
  describeSummary,
  resourceChanges,
  summarisePlan,
  type PlanSummary,
} from '../terraform/plan-json';
import type { Terraform } from '../terraform/terraform';

export type StackPlan =
  | { readonly stack: string; readonly status: 'planned'; readonly summary: PlanSummary }
  /** Its plan would read outputs that the stacks in `upstream` have not got yet. */
  | { readonly stack: string; readonly status: 'deferred'; readonly upstream: readonly string[] };

/** Each Terraform process keeps about one core busy; more than this only makes all of them slower. */
export const planConcurrency = 2;

/** Plans stacks in dependency order, in parallel where they are independent; changes nothing. */
export async function planStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
  reporter: Reporter,
): Promise<readonly StackPlan[]> {
  const plans = await inDependencyOrder<Stack, StackPlan>(stacks, planConcurrency, (stack, done) =>
    planStack(stack, done, terraformOf(stack), prefixed(reporter, stack.name)),
  );
  return stacks.flatMap((stack) => plans.get(stack.name) ?? []);
}

async function planStack(
  stack: Stack,
  done: ReadonlyMap<string, StackPlan>,
  terraform: Terraform,
  reporter: Reporter,
): Promise<StackPlan> {
  const upstream = unappliedUpstream(stack, done);
  if (upstream.length > 0) {
    reporter.info(`deferred until ${upstream.join(', ')} is applied`);
    return { stack: stack.name, status: 'deferred', upstream };
  }
  await terraform.init();
  const summary = summarisePlan(await terraform.plan());
  reporter.info(describeSummary(summary));
  return { stack: stack.name, status: 'planned', summary };
}

/** The stacks that `stack` reads from and that are not as their code says yet. */
export function unappliedUpstream(
  stack: Stack,
  plans: ReadonlyMap<string, StackPlan>,
): readonly string[] {
  return stack.dependencies.filter((name) => {
    const plan = plans.get(name);
    if (!plan) return false;
    return plan.status === 'deferred' || resourceChanges(plan.summary) + plan.summary.outputs > 0;
  });
}
