import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { TerraformContext } from '../context';
import type { Stack } from '../stacks/manifest';
import {
  asTerraformVariables,
  neverDeployed,
  type StackVariables,
} from '../stacks/stack-variables';
import { applyStacks, type AppliedStack, type Guard } from './apply-stacks';

export interface ApplyOptions {
  /** Skips stacks that have not changed since they were last applied. */
  readonly skipUnchanged?: boolean;
  readonly guard?: Guard | undefined;
}

/** Applies these stacks with the images and the release of `stackVariables`. */
export async function applySelected(
  { environment, reporter, stamps, terraformOf }: TerraformContext,
  stacks: readonly Stack[],
  stackVariables: StackVariables = neverDeployed,
  { skipUnchanged = false, guard }: ApplyOptions = {},
): Promise<readonly AppliedStack[]> {
  reporter.step(`apply ${environment}: ${stacks.map((stack) => stack.name).join(', ')}`);
  const variables = asTerraformVariables(stackVariables);
  return applyStacks(stacks, (stack) => terraformOf(stack, variables), reporter, {
    guard,
    skip: {
      isApplied: async (stack) => skipUnchanged && stamps.isApplied(stack, variables),
      forget: stamps.forget,
      remember: (stack) => stamps.remember(stack, variables),
    },
  });
}

/**
 * Writes dist/pipeline/<environment>/apply.json. Outputs are left out: the record is for people and
 * reports, and outputs may become sensitive.
 */
export async function recordApplied(
  { workspace, environment }: TerraformContext,
  applied: readonly AppliedStack[],
): Promise<void> {
  const stacks = applied.map(({ stack, summary, resources, seconds }) => ({
    stack,
    summary,
    resources,
    seconds,
  }));
  await replaceJson(join(workspace.dist, 'pipeline', environment, 'apply.json'), {
    environment,
    stacks,
  });
}
