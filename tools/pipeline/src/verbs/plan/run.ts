import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { TerraformContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { pullRequestEvent } from '../../core/github/job';
import { reviewKey, throwawayKey } from '../../core/approval/review-key';
import { reportPath } from '../../core/plan-report/report';
import { assertBootstrapped } from '../../core/stacks/assert-bootstrapped';
import { selectStacks, type Stack } from '../../core/stacks/manifest';
import { inPhase } from '../../core/stacks/phase';
import {
  appliedVariables,
  asTerraformVariables,
  namesImages,
  neverDeployed,
} from '../../core/stacks/stack-variables';
import { outdirOf } from '../../core/stacks/synth';
import { currentCommit } from '../../io/git';
import { assumedOutputs, type StackJson } from './assumed-outputs';
import { writeAssumedState } from './assumed-state';
import { keepPlans } from './kept-plans';
import { describeTotal, planStacks, type AssumeOutputs } from './plan-stacks';

interface PlanOptions {
  /** Only these; all if there are none. */
  readonly stacks: readonly string[];
  /** Leaves out what an apply of a job leaves out; changes made by hand are for the drift check. */
  readonly skipUnchanged: boolean;
}

type Output = (name: 'report' | 'changes', value: string) => void;

/**
 * `pipeline plan`: shows what an apply would change. Writes plan.json (counts) and report/ (everything,
 * redacted, for `comment` and `review`) to dist/pipeline/<environment>.
 * @throws PipelineError `terraform` if a stack could not be planned, after both are written
 */
export async function planEnvironment(
  context: TerraformContext,
  { stacks: wanted, skipUnchanged }: PlanOptions,
  output: Output,
): Promise<void> {
  const { workspace, environment, aws, reporter, job, terraformOf } = context;
  const fromNothing = aws === 'embedded';
  // An embedded AWS starts empty, so nothing that was assumed about an earlier one is still true.
  if (fromNothing)
    await rm(join(outdirOf(workspace, environment, aws), 'state'), {
      recursive: true,
      force: true,
    });
  const stacks = await context.synth();
  if (!fromNothing) await assertBootstrapped(context, stacks);
  const variablesOf = async (stack: Stack) =>
    asTerraformVariables(fromNothing ? neverDeployed : await appliedVariables(stack, terraformOf));
  // A release applies what names its images, and may meet what was changed there by hand.
  const isUnchanged = async (stack: Stack) =>
    skipUnchanged &&
    !fromNothing &&
    !namesImages(stack) &&
    context.stamps.isApplied(stack, await variablesOf(stack));

  reporter.step(`plan ${environment}`);
  // No apply waits for `bootstrap`, so no plan is deferred until the account has been changed.
  const accounts = fromNothing ? [] : inPhase(stacks, 'bootstrap').map(({ name }) => name);
  const selected = selectStacks(stacks, wanted).map((stack) => ({
    ...stack,
    dependencies: stack.dependencies.filter((name) => !accounts.includes(name)),
  }));
  const report = reportPath(workspace, environment);
  const key = fromNothing ? throwawayKey() : await reviewKey(context, stacks);
  const kept = await keepPlans(dirname(report), { mask: job.mask, key });
  const toPlan = async (stack: Stack) => terraformOf(stack, await variablesOf(stack));
  const plans = await planStacks(selected, toPlan, reporter, {
    isUnchanged,
    assume: fromNothing ? assumeOutputs : undefined,
    keep: kept.keep,
  });
  reporter.step(describeTotal(plans));
  const folder = join(workspace.dist, 'pipeline', environment);
  await replaceJson(join(folder, 'plan.json'), { environment, aws, stacks: plans });
  const commit = pullRequestEvent()?.headSha ?? (await currentCommit(workspace.root));
  const { stacks: shown } = await kept.writeReport({ environment, commit }, plans);
  output('report', report);
  output('changes', String(shown.some(({ status }) => status !== 'unchanged')));

  const failed = plans.filter(({ status }) => status === 'failed').map(({ stack }) => stack);
  if (failed.length > 0)
    throw new PipelineError(
      'terraform',
      `These stacks could not be planned: ${failed.join(', ')}.`,
    );
}

const assumeOutputs: AssumeOutputs = async (stack, planned) => {
  const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
  const outputs = assumedOutputs(JSON.parse(text) as StackJson, planned);
  await writeAssumedState(stack.folder, stack.name, outputs);
};
