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

export interface AppliedStack {
  readonly stack: string;
  readonly summary: PlanSummary;
  /** Managed resources in the stack's state afterwards. */
  readonly resources: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** Applies are mostly waiting for AWS, so more of them than cores still pay. */
const applyConcurrency = 3;

/**
 * Plans and applies stacks in dependency order, independent ones in parallel. The first failure stops
 * what has not started; what runs is awaited, so that no state lock and no half-made resource is left
 * without a record.
 */
export async function applyStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
  reporter: Reporter,
): Promise<readonly AppliedStack[]> {
  const applied = await inDependencyOrder<Stack, AppliedStack>(stacks, applyConcurrency, (stack) =>
    applyStack(stack, terraformOf(stack), prefixed(reporter, stack.name)),
  );
  return stacks.flatMap((stack) => applied.get(stack.name) ?? []);
}

async function applyStack(
  stack: Stack,
  terraform: Terraform,
  reporter: Reporter,
): Promise<AppliedStack> {
  const startedAt = Date.now();
  await terraform.init();
  const summary = summarisePlan(await terraform.plan());
  reporter.info(describeSummary(summary));
  const planned = resourceChanges(summary);
  if (planned + summary.outputs > 0) {
    let finished = 0;
    await terraform.apply((progress) => {
      if (progress.kind === 'done') reporter.info(`${++finished}/${planned} ${progress.text}`);
      else reporter.warn(progress.text);
    });
  }
  return {
    stack: stack.name,
    summary,
    resources: await terraform.countResources(),
    outputs: await terraform.outputs(),
    seconds: (Date.now() - startedAt) / 1000,
  };
}
