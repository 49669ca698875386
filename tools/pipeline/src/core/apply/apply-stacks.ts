import { prefixed, type Reporter } from '../../io/reporter';
import type { Stack } from '../stacks/manifest';
import { inDependencyOrder } from '../stacks/schedule';
import type { PlanJson } from '../terraform/plan-json';
import {
  describeSummary,
  noChange,
  summarisePlan,
  type PlanSummary,
} from '../terraform/plan-summary';
import type { Terraform } from '../terraform/terraform';

export interface AppliedStack {
  readonly stack: string;
  readonly summary: PlanSummary;
  /** Managed resources in the stack's state after the apply. */
  readonly resources: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** Applies mostly wait for AWS, so running more of them than there are cores still pays. */
const applyConcurrency = 3;

/** Checks a plan before it is applied. @throws Error if it must not be applied */
export type Guard = (stack: Stack, plan: PlanJson) => void;

/** Skips stacks that have not changed since they were last applied. @see StackStamps */
export interface SkipUnchanged {
  isApplied(stack: Stack): Promise<boolean>;
  forget(stack: Stack): Promise<void>;
  remember(stack: Stack): Promise<void>;
}

interface ApplyChecks {
  readonly skip?: SkipUnchanged | undefined;
  readonly guard?: Guard | undefined;
}

/**
 * Plans and applies stacks in dependency order, independent ones in parallel. The first failure stops
 * what has not started; what runs is awaited, so that every state lock is released and every resource is
 * in the state.
 * @param guard checks every plan before it is applied
 * @param skip if given, a stack that has not changed since its last apply is not planned: changes made by hand are
 *   for the drift check
 */
export async function applyStacks(
  stacks: readonly Stack[],
  terraformOf: (stack: Stack) => Terraform,
  reporter: Reporter,
  { skip, guard }: ApplyChecks = {},
): Promise<readonly AppliedStack[]> {
  const applied = await inDependencyOrder<Stack, AppliedStack>(
    stacks,
    applyConcurrency,
    async (stack) => {
      const log = prefixed(reporter, stack.name);
      const terraform = terraformOf(stack);
      if (await skip?.isApplied(stack)) return leaveAlone(stack, terraform, log);
      const result = await applyStack(stack, terraform, log, { skip, guard });
      await skip?.remember(stack);
      return result;
    },
  );
  return stacks.flatMap((stack) => applied.get(stack.name) ?? []);
}

async function leaveAlone(
  stack: Stack,
  terraform: Terraform,
  reporter: Reporter,
): Promise<AppliedStack> {
  const startedAt = Date.now();
  await terraform.init();
  reporter.info('unchanged since last apply, skipped');
  return finished(stack, terraform, noChange, startedAt);
}

async function applyStack(
  stack: Stack,
  terraform: Terraform,
  reporter: Reporter,
  { skip, guard }: ApplyChecks,
): Promise<AppliedStack> {
  const startedAt = Date.now();
  await terraform.init();
  const plan = await terraform.plan({ lock: true });
  guard?.(stack, plan);
  const summary = summarisePlan(plan);
  reporter.info(describeSummary(summary));
  if (plan.applyable) {
    await skip?.forget(stack);
    let finished = 0;
    const { add, change, destroy, replace } = summary;
    // Terraform reports a replacement twice: the deletion of the old resource and the creation of the new.
    const expected = add + change + destroy + 2 * replace;
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
