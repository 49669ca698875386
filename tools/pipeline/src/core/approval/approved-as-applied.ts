import type { TerraformContext } from '../context';
import { redactPlan } from '../plan-report/redact';
import type { Stack } from '../stacks/manifest';
import { appliedVariables, asTerraformVariables } from '../stacks/stack-variables';
import { assertApproved, type ApprovedChanges } from './approved-changes';

/**
 * Compares a stack that names images with what was approved: a plan with the images that were running.
 * @throws PipelineError `unapproved` if the plan goes beyond it
 */
export async function assertApprovedAsApplied(
  { reporter, terraformOf }: Pick<TerraformContext, 'reporter' | 'terraformOf'>,
  stack: Stack,
  approved: ApprovedChanges,
): Promise<void> {
  reporter.step(`compare ${stack.name} with the approved changes`);
  const variables = await appliedVariables(stack, terraformOf);
  const terraform = terraformOf(stack, asTerraformVariables(variables));
  await terraform.init();
  assertApproved(approved, stack.name, redactPlan(await terraform.plan()));
}
