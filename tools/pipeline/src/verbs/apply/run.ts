import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from '../../core/context';
import { writeJson } from '../../io/write-json';
import { region } from '../../core/environment';
import { selectStacks, type Stack } from '../../core/stacks/manifest';
import {
  appliedVariables,
  asTerraformVariables,
  neverDeployed,
  type StackVariables,
} from '../../core/stacks/stack-variables';
import { synth } from '../../core/stacks/synth';
import { terraformIn } from '../../core/terraform/terraform';
import { applyStacks, type AppliedStack, type Guard } from '../../core/apply/apply-stacks';
import { stackStamps } from '../../core/apply/stack-stamps';

/**
 * `pipeline apply`: makes the infrastructure what its code says, with the images it has (or, in a
 * deploy, the candidates). Writes dist/pipeline/<environment>/apply.json.
 */
export async function apply(
  context: Context,
  wanted: readonly string[],
): Promise<readonly AppliedStack[]> {
  const stacks = await synthesised(context);
  const { terraform } = context;
  const variables = await appliedVariables(stacks, (stack) => terraformIn(stack.folder, terraform));
  const applied = await applySelected(context, selectStacks(stacks, wanted), variables);
  await recordApplied(context, applied);
  return applied;
}

export async function synthesised(context: Context): Promise<readonly Stack[]> {
  context.reporter.step(`synth ${context.environment}`);
  return synth(context);
}

export interface ApplyOptions {
  /** Leaves stacks alone that are as they were last applied. */
  readonly skipUnchanged?: boolean;
  readonly guard?: Guard | undefined;
}

export async function applySelected(
  { environment, reporter, terraform }: Context,
  stacks: readonly Stack[],
  stackVariables: StackVariables = neverDeployed,
  { skipUnchanged = false, guard }: ApplyOptions = {},
): Promise<readonly AppliedStack[]> {
  reporter.step(`apply ${environment}: ${stacks.map((stack) => stack.name).join(', ')}`);
  const inputs = asTerraformVariables(stackVariables);
  const variables = { ...terraform.variables, ...inputs };
  const stamps = stackStamps(new SSMClient({ region }), environment);
  return applyStacks(
    stacks,
    (stack) => terraformIn(stack.folder, { ...terraform, variables }),
    reporter,
    {
      guard,
      skip: {
        isApplied: async (stack) => skipUnchanged && stamps.isApplied(stack, inputs),
        remember: (stack) => stamps.remember(stack, inputs),
      },
    },
  );
}

/** Outputs stay out of the record: it is for people and reports, and outputs may grow sensitive. */
export async function recordApplied(
  { workspace, environment }: Context,
  applied: readonly AppliedStack[],
): Promise<void> {
  const stacks = applied.map(({ stack, summary, resources, seconds }) => ({
    stack,
    summary,
    resources,
    seconds,
  }));
  await writeJson(join(workspace.dist, 'pipeline', environment, 'apply.json'), {
    environment,
    stacks,
  });
}
