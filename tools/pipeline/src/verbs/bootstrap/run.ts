import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { applyStacks } from '../../core/apply/apply-stacks';
import type { Context } from '../../core/context';
import { region, type EnvironmentName } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { isNamed, type Stack } from '../../core/stacks/manifest';
import { synth } from '../../core/stacks/synth';
import { resourceChanges, summarisePlan } from '../../core/terraform/plan-json';
import { terraformIn } from '../../core/terraform/terraform';
import { nextStep } from './next-step';
import { bucketExists, holdsState, stateBucketOf } from './state-bucket';

/** An environment of each account: its synthesis holds the account's stack. */
export const environmentOfAccount = {
  nonproduction: 'dev',
  production: 'prod',
  embedded: 'dev',
} as const satisfies Record<string, EnvironmentName>;
export type AccountName = keyof typeof environmentOfAccount;

export function parseAccountName(text: string): AccountName {
  if (Object.hasOwn(environmentOfAccount, text)) return text as AccountName;
  throw new PipelineError(
    'usage',
    `There is no account "${text}".`,
    `Choose one of ${Object.keys(environmentOfAccount).join(', ')}.`,
  );
}

/**
 * `pipeline bootstrap`: brings an account to where every other verb can start: the account stack is
 * applied and its state lies in the bucket which that stack made. Safe to repeat, and to go on with
 * after it was killed.
 */
export async function bootstrap(context: Context, account: AccountName): Promise<void> {
  const { reporter, workspace, aws } = context;
  reporter.step(`bootstrap ${account}`);
  const stack = (await synth({ ...context, state: 's3' })).find((each) => isNamed(each, 'account'));
  if (!stack) throw new PipelineError('unexpected', 'There is no account stack.');
  const target = await stateBucketOf(stack);
  const onDisk = join(workspace.local, 'bootstrap', `${account}.tfstate`);
  const s3 = new S3Client({ region, forcePathStyle: aws === 'embedded' });

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
      reporter.info(found.onDisk ? 'going on where it was ended' : 'this account is new');
      await keepStateOnDisk(stack, onDisk);
      await applyAccount(context, stack);
      await keepStateInBucket(stack);
      await terraformIn(stack.folder, context.terraform).moveState();
      if (!(await holdsState(s3, target)))
        throw new PipelineError('terraform', `The state did not arrive in ${target.bucket}.`);
      reporter.info(`the state moved to s3://${target.bucket}/${target.key}`);
      break;
    case 'lost':
      throw new PipelineError(
        'environment',
        `There is a bucket ${target.bucket}, but no state that knows of it.`,
        'Restore an older version of its object, or import the resources of the account stack.',
      );
  }
  await rm(onDisk, { force: true });
  await rm(`${onDisk}.backup`, { force: true });
  await expectNoChange(context, stack);
}

async function applyAccount({ terraform, reporter }: Context, stack: Stack): Promise<void> {
  await applyStacks([stack], ({ folder }) => terraformIn(folder, terraform), reporter);
}

async function expectNoChange({ terraform, reporter }: Context, stack: Stack): Promise<void> {
  const instance = terraformIn(stack.folder, terraform);
  await instance.init();
  const changes = resourceChanges(summarisePlan(await instance.plan()));
  if (changes > 0)
    throw new PipelineError('terraform', `${changes} resources would change again right away.`);
  reporter.step('bootstrapped: the account is as its code says, its state in its own bucket');
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
