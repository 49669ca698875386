import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyStacks } from '../../core/apply/apply-stacks';
import type { TerraformContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { isNamed, type Stack } from '../../core/stacks/manifest';
import { describeSummary, hasChanges, summarisePlan } from '../../core/terraform/plan-summary';
import type { AccountName } from '../../core/account';
import { asTerraformVariables, neverDeployed } from '../../core/stacks/stack-variables';
import { nextStep } from './next-step';
import { bucketExists, holdsState, stateBucketOf } from '../../core/stacks/state-bucket';

/**
 * `pipeline bootstrap`: prepares an account for every other verb: the account stack is applied, and its
 * state is in the bucket that the stack created. It can be repeated, also after it was killed.
 */
export async function bootstrapAccount(
  context: TerraformContext,
  account: AccountName,
): Promise<void> {
  const { reporter, workspace, clients, terraformOf } = context;
  reporter.step(`bootstrap ${account}`);
  const stack = (await context.synth()).find((each) => isNamed(each, 'account'));
  if (!stack) throw new PipelineError('unexpected', 'The account stack is missing.');
  const target = await stateBucketOf(stack);
  const onDisk = join(workspace.local, 'bootstrap', `${account}.tfstate`);
  const s3 = await clients.s3();

  const found = {
    bucketExists: await bucketExists(s3, target),
    inBucket: await holdsState(s3, target),
    onDisk: existsSync(onDisk),
  };
  switch (nextStep(found)) {
    case 'apply':
      reporter.info(`the state is in s3://${target.bucket}/${target.key}`);
      await applyAccount(context, stack);
      break;
    case 'create-and-move':
      // An interrupted bootstrap has created some of what may exist only once.
      if (!found.onDisk) await context.preflight([stack]);
      reporter.info(found.onDisk ? 'continuing an interrupted bootstrap' : 'this account is new');
      await keepStateOnDisk(stack, onDisk);
      await applyAccount(context, stack);
      await keepStateInBucket(stack);
      await terraformOf(stack).moveState();
      if (!(await holdsState(s3, target)))
        throw new PipelineError('terraform', `The state did not arrive in ${target.bucket}.`);
      reporter.info(`the state moved to s3://${target.bucket}/${target.key}`);
      break;
    case 'lost':
      throw new PipelineError(
        'environment',
        `There is a bucket ${target.bucket}, but no state that includes it.`,
        'Restore an older version of its object, or import the resources of the account stack.',
      );
  }
  await rm(onDisk, { force: true });
  await rm(`${onDisk}.backup`, { force: true });
  await expectNoChange(context, stack);
  // Plans of a workflow leave the account out until something changes it.
  await context.stamps.remember(stack, variables);
}

/** The account names no images. */
const variables = asTerraformVariables(neverDeployed);

async function applyAccount(
  { terraformOf, reporter, stamps }: TerraformContext,
  stack: Stack,
): Promise<void> {
  const skip = {
    isApplied: async () => false,
    forget: stamps.forget,
    // Once the state is where it belongs.
    remember: async () => undefined,
  };
  await applyStacks([stack], terraformOf, reporter, { skip });
}

async function expectNoChange(
  { terraformOf, reporter }: TerraformContext,
  stack: Stack,
): Promise<void> {
  const terraform = terraformOf(stack);
  await terraform.init();
  const summary = summarisePlan(await terraform.plan());
  if (hasChanges(summary))
    throw new PipelineError(
      'terraform',
      `The apply did not settle: the next one would have ${describeSummary(summary)}.`,
    );
  reporter.step('bootstrapped: the account matches its code, and its state is in its own bucket');
}

/** Terraform merges `*_override.tf.json` over what CDKTF wrote. */
const overrideOf = (stack: Stack) => join(stack.folder, 'backend_override.tf.json');

async function keepStateOnDisk(stack: Stack, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    overrideOf(stack),
    JSON.stringify({ terraform: { backend: { local: { path } } } }),
  );
}

async function keepStateInBucket(stack: Stack): Promise<void> {
  await rm(overrideOf(stack), { force: true });
}
