import type { Guard } from '../apply/apply-stacks';
import type { TerraformContext } from '../context';
import { changesIn } from '../plan-report/fingerprint';
import type { Stack } from '../stacks/manifest';
import { appliedVariables, asTerraformVariables } from '../stacks/stack-variables';
import { assertApproved, type ApprovedChanges } from './approved-changes';
import { reviewKey } from './review-key';

/**
 * Refuses plans that go beyond what was approved.
 * @param stacks all of the environment
 * @returns undefined if everything is approved: a person deploys from their machine
 */
export async function approvalGuard(
  context: Pick<TerraformContext, 'clients'>,
  stacks: readonly Stack[],
  approved: ApprovedChanges | undefined,
): Promise<Guard | undefined> {
  if (!approved) return undefined;
  const key = await reviewKey(context, stacks);
  return (stack, plan) => assertApproved(approved, stack.name, changesIn(stack.name, plan, key));
}

/**
 * Compares a stack that names images with what was approved: a plan with the images that were running.
 * @throws PipelineError `unapproved` if the plan goes beyond it
 */
export async function guardAsApplied(
  { reporter, terraformOf }: Pick<TerraformContext, 'reporter' | 'terraformOf'>,
  stack: Stack,
  guard: Guard,
): Promise<void> {
  reporter.step(`compare ${stack.name} with the approved changes`);
  const variables = await appliedVariables(stack, terraformOf);
  const terraform = terraformOf(stack, asTerraformVariables(variables));
  await terraform.init();
  guard(stack, await terraform.plan());
}
