import { applySelected, recordApplied } from '../../core/apply/apply-selected';
import { approvalGuard, guardAsApplied } from '../../core/approval/approval-guard';
import type { ApprovedChanges } from '../../core/approval/approved-changes';
import type { TerraformContext } from '../../core/context';
import { dockerImageOf } from '../../core/images/docker-image';
import type { Release } from '../../core/releases/release';
import { inPhase } from '../../core/stacks/phase';
import { neverDeployed, type StackVariables } from '../../core/stacks/stack-variables';
import { PipelineError } from '../../errors';

/**
 * `pipeline inference`: applies the inference stack with the images of the current release, after a deploy
 * or a rollback. It may wait for GPUs for long, and it decides nothing about the release. If the release
 * pointer moves meanwhile, it applies again, so that the last of several runs leaves the current release.
 * @param approved if given, changes of the infrastructure beyond these are refused, and an unchanged stack is skipped;
 *   without them, what was changed by hand is undone
 */
export async function applyInference(
  context: TerraformContext,
  approved: ApprovedChanges | undefined,
): Promise<void> {
  const { environment, reporter, pointer } = context;
  const all = await context.synth();
  const stacks = inPhase(all, 'after-rollout');
  if (stacks.length === 0) {
    reporter.step(`${environment} has no inference stack`);
    return;
  }
  const guard = await approvalGuard(context, all, approved);
  if (guard) for (const stack of stacks) await guardAsApplied(context, stack, guard);
  let release = await currentRelease(context);
  for (;;) {
    const applied = await applySelected(context, stacks, await variablesOf(context, release), {
      skipUnchanged: approved !== undefined,
    });
    await recordApplied(context, applied);
    const now = await pointer.read();
    if (!now || now.id === release.id) break;
    release = now;
  }
  reporter.step(`inference runs the images of release ${release.id}`);
}

async function currentRelease({ environment, pointer }: TerraformContext): Promise<Release> {
  const release = await pointer.read();
  if (release) return release;
  throw new PipelineError(
    'noRelease',
    `Nothing has been released to ${environment} yet.`,
    `Run: npm run pipeline -- deploy --env ${environment}`,
  );
}

/** Only of the worker: a release of the API alone leaves the stack as it is. */
async function variablesOf(
  { clients }: TerraformContext,
  { images }: Release,
): Promise<StackVariables> {
  const worker = images['ml-worker'];
  return {
    ...neverDeployed,
    ml_worker_image: worker,
    ml_worker_sagemaker_image: await dockerImageOf(await clients.ecr(), worker),
  };
}
