import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../edge/write-json';
import type { Context } from '../context';
import { selectStacks, type Stack } from '../stacks/manifest';
import { appliedVariables, asTerraformVariables, neverDeployed } from '../stacks/stack-variables';
import { outdirOf, synth } from '../synth/synth';
import { terraformIn } from '../terraform/terraform';
import { assumedOutputs, type StackJson } from './assumed-outputs';
import { writeAssumedState } from './assumed-state';
import { describeTotal, planStacks, type AssumeOutputs, type StackPlan } from './plan-stacks';

/** `pipeline plan`: what an apply would change, written to dist/pipeline/<environment>/plan.json. */
export async function plan(
  context: Context,
  wanted: readonly string[],
): Promise<readonly StackPlan[]> {
  const { workspace, environment, aws, reporter, terraform } = context;
  const fromNothing = aws === 'embedded';
  // An embedded AWS starts empty, so whatever was assumed of an earlier one is not true any more.
  if (fromNothing)
    await rm(join(outdirOf(workspace, environment, aws), 'state'), {
      recursive: true,
      force: true,
    });
  reporter.step(`synth ${environment}`);
  const stacks = await synth(context);
  const applied = fromNothing
    ? neverDeployed
    : await appliedVariables(stacks, (stack) => terraformIn(stack.folder, terraform));
  const variables = { ...terraform.variables, ...asTerraformVariables(applied) };
  const terraformOf = (stack: Stack) => terraformIn(stack.folder, { ...terraform, variables });

  reporter.step(`plan ${environment}`);
  const selected = selectStacks(stacks, wanted);
  const assume = fromNothing ? assumeOutputs : undefined;
  const plans = await planStacks(selected, terraformOf, reporter, assume);
  reporter.step(describeTotal(plans));
  await writeJson(join(workspace.dist, 'pipeline', environment, 'plan.json'), {
    environment,
    aws,
    stacks: plans,
  });
  return plans;
}

const assumeOutputs: AssumeOutputs = async (stack, planned) => {
  const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
  const outputs = assumedOutputs(JSON.parse(text) as StackJson, planned);
  await writeAssumedState(stack.folder, stack.name, outputs);
};
