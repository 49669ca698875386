import { applySelected, recordApplied } from '../../core/apply/apply-selected';
import type { TerraformContext } from '../../core/context';
import { selectStacks } from '../../core/stacks/manifest';
import { assertBootstrapped } from '../../core/stacks/assert-bootstrapped';
import { assertBeforeRollout, inPhase } from '../../core/stacks/phase';
import { appliedVariables, namesImages } from '../../core/stacks/stack-variables';

/**
 * `pipeline apply`: applies the infrastructure with the images that it has.
 * @throws PipelineError `usage` for a stack that another verb applies
 */
export async function applyEnvironment(
  context: TerraformContext,
  wanted: readonly string[],
): Promise<void> {
  const stacks = await context.synth();
  const ours = inPhase(stacks, 'before-rollout');
  const selected = wanted.length > 0 ? selectStacks(stacks, wanted) : ours;
  assertBeforeRollout(selected);
  await assertBootstrapped(context, stacks);
  await context.preflight(selected);
  const services = selected.find(namesImages);
  const variables = services && (await appliedVariables(services, context.terraformOf));
  const applied = await applySelected(context, selected, variables);
  await recordApplied(context, applied);
}
