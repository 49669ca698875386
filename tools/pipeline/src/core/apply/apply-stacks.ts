import { prefixed, type Reporter } from '../../io/reporter';
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

/** Looks at a plan before it is applied. @throws where it must not be */
export type Guard = (stack: Stack, plan: PlanJson) => void;

/** Lets stacks be left alone that are what their code says already. */
export interface SkipUnchanged {
  isApplied(stack: Stack): Promise<boolean>;
  remember(stack: Stack): Promise<void>;
}

/**
 * Plans and applies stacks in dependency order, independent ones in parallel. The first failure stops
 * what has not started; what runs is awaited, so that no state lock and no half-made resource is left
 * without a record.
 * @param guard sees every plan before it is applied
 * @param skip where given, a stack that is as it was last applied, with nothing changed before it, is
 *   not even planned: what happened to it since is the drift check's business
 */
export async function applyStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
  reporter: Reporter,
  { skip, guard }: { readonly skip?: SkipUnchanged; readonly guard?: Guard | undefined } = {},
): Promise<readonly AppliedStack[]> {
  const applied = await inDependencyOrder<Stack, AppliedStack>(
    stacks,
    applyConcurrency,
    async (stack, done) => {
      const says = prefixed(reporter, stack.name);
      const terraform = terraformOf(stack);
      const upstreamChanged = stack.dependencies.some((name) => hasChanged(done.get(name)));
      if (!upstreamChanged && (await skip?.isApplied(stack)))
        return leaveAlone(stack, terraform, says);
      const result = await applyStack(stack, terraform, says, guard);
      await skip?.remember(stack);
      return result;
    },
  );
  return stacks.flatMap((stack) => applied.get(stack.name) ?? []);
}

function hasChanged(applied: AppliedStack | undefined): boolean {
  return !!applied && resourceChanges(applied.summary) + applied.summary.outputs > 0;
}

async function leaveAlone(
  stack: Stack,
  terraform: Terraform,
  reporter: Reporter,
): Promise<AppliedStack> {
  const startedAt = Date.now();
  await terraform.init();
  reporter.info('as it was last applied');
  return finished(stack, terraform, noChange, startedAt);
}

async function applyStack(
  stack: Stack,
  terraform: Terraform,
  reporter: Reporter,
  guard?: Guard,
): Promise<AppliedStack> {
  const startedAt = Date.now();
  await terraform.init();
  const plan = await terraform.plan();
  guard?.(stack, plan);
  const summary = summarisePlan(plan);
  reporter.info(describeSummary(summary));
  const planned = resourceChanges(summary);
  if (planned + summary.outputs > 0) {
    let finished = 0;
    // Of a replacement Terraform reports both: that the old one went, and that the new one came.
    const expected = planned + summary.replace;
    await terraform.apply((progress) => {
      if (progress.kind === 'done') reporter.info(`${++finished}/${expected} ${progress.text}`);
      else reporter.warn(progress.text);
    });
  }
  return finished(stack, terraform, summary, startedAt);
}

async function finished(
  stack: Stack,
  terraform: Terraform,
  summary: PlanSummary,
  startedAt: number,
): Promise<AppliedStack> {
  const [resources, outputs] = await Promise.all([terraform.countResources(), terraform.outputs()]);
  const seconds = (Date.now() - startedAt) / 1000;
  return { stack: stack.name, summary, resources, outputs, seconds };
}
