import { join } from 'node:path';
import { writeJson } from '../edge/write-json';
import type { Context } from '../context';
import { selectStacks, type Stack } from '../stacks/manifest';
import { appliedVariables, asTerraformVariables } from '../stacks/stack-variables';
import { synth } from '../synth/synth';
import { terraformIn } from '../terraform/terraform';
import { planStacks, type StackPlan } from './plan-stacks';

/** `pipeline plan`: what an apply would change, written to dist/pipeline/<environment>/plan.json. */
export async function plan(
  context: Context,
  wanted: readonly string[],
): Promise<readonly StackPlan[]> {
  const { workspace, environment, reporter, terraform, signal } = context;
  reporter.step(`synth ${environment}`);
  const stacks = await synth(workspace, environment, signal);
  const applied = await appliedVariables(stacks, (stack) => terraformIn(stack.folder, terraform));
  const variables = { ...terraform.variables, ...asTerraformVariables(applied) };
  const terraformOf = (stack: Stack) => terraformIn(stack.folder, { ...terraform, variables });

  reporter.step(`plan ${environment}`);
  const plans = await planStacks(selectStacks(stacks, wanted), terraformOf, reporter);
  await writeJson(join(workspace.dist, 'pipeline', environment, 'plan.json'), {
    environment,
    stacks: plans,
  });
  return plans;
}
