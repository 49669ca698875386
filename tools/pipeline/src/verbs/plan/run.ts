import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../../core/context';
import { currentCommit } from '../../io/git';
import { writeJson } from '../../io/write-json';
import { PipelineError } from '../../core/errors';
import { currentJob, pullRequestEvent } from '../../core/github/job';
import { reportPath } from '../../core/plan-report/report';
import { isNamed, selectStacks, type Stack } from '../../core/stacks/manifest';
import {
  appliedVariables,
  asTerraformVariables,
  neverDeployed,
} from '../../core/stacks/stack-variables';
import { outdirOf, synth } from '../../core/stacks/synth';
import { terraformIn } from '../../core/terraform/terraform';
import { assumedOutputs, type StackJson } from './assumed-outputs';
import { writeAssumedState } from './assumed-state';
import { keepPlans } from './kept-plans';
import { describeTotal, planStacks, type AssumeOutputs, type StackPlan } from './plan-stacks';

/**
 * `pipeline plan`: what an apply would change. Writes plan.json (counts) and report/ (all of it,
 * redacted, for `comment` and `review`) to dist/pipeline/<environment>.
 * @throws PipelineError `terraform` where a stack could not be planned, after all of that is written
 */
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
  const terraformOf = async (stack: Stack) => {
    // Only the services read them, so nobody else waits for them.
    if (!isNamed(stack, 'services')) return terraformIn(stack.folder, terraform);
    const applied = fromNothing
      ? neverDeployed
      : await appliedVariables(stacks, ({ folder }) => terraformIn(folder, terraform));
    const variables = { ...terraform.variables, ...asTerraformVariables(applied) };
    return terraformIn(stack.folder, { ...terraform, variables });
  };

  reporter.step(`plan ${environment}`);
  const selected = selectStacks(stacks, wanted);
  const folder = join(workspace.dist, 'pipeline', environment);
  const job = currentJob();
  const report = reportPath(workspace, environment);
  const kept = await keepPlans(dirname(report), job);
  const plans = await planStacks(selected, terraformOf, reporter, {
    assume: fromNothing ? assumeOutputs : undefined,
    keep: kept.keep,
  });
  reporter.step(describeTotal(plans));
  await writeJson(join(folder, 'plan.json'), { environment, aws, stacks: plans });
  const commit = pullRequestEvent()?.headSha ?? (await currentCommit(workspace.root));
  const { stacks: shown, fingerprint } = await kept.writeReport({ environment, commit }, plans);
  job.output('report', report);
  job.output('fingerprint', fingerprint);
  job.output('changes', String(shown.some(({ status }) => status !== 'unchanged')));

  const failed = plans.filter(({ status }) => status === 'failed').map(({ stack }) => stack);
  if (failed.length > 0)
    throw new PipelineError('terraform', `These could not be planned: ${failed.join(', ')}.`);
  return plans;
}

const assumeOutputs: AssumeOutputs = async (stack, planned) => {
  const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
  const outputs = assumedOutputs(JSON.parse(text) as StackJson, planned);
  await writeAssumedState(stack.folder, stack.name, outputs);
};
