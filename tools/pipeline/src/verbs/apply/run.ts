import { applySelected, recordApplied } from '../../core/apply/apply-selected';
import type { TerraformContext } from '../../core/context';
import { selectStacks } from '../../core/stacks/manifest';
import { appliedVariables } from '../../core/stacks/stack-variables';

/** `pipeline apply`: applies the infrastructure with the images that it has. */
export async function applyEnvironment(
  context: TerraformContext,
  wanted: readonly string[],
): Promise<void> {
  const stacks = await context.synth();
  const variables = await appliedVariables(stacks, context.terraformOf);
  const applied = await applySelected(context, selectStacks(stacks, wanted), variables);
  await recordApplied(context, applied);
}
