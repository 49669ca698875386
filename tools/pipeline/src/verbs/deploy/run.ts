import { applySelected, recordApplied } from '../../core/apply/apply-selected';
import {
  outputsOf,
  parseDataOutputs,
  parseFoundationOutputs,
  parseServicesOutputs,
} from '../../core/apply/stack-outputs';
import { approvalGuard, guardAsApplied } from '../../core/approval/approval-guard';
import type { ApprovedChanges } from '../../core/approval/approved-changes';
import type { TerraformContext } from '../../core/context';
import { isEmbedded } from '../../core/environment';
import { apps, type App } from '../../core/names';
import { PipelineError } from '../../errors';
import { assertMayDeploy } from '../../core/releases/may-deploy';
import { imageIn, releaseId } from '../../core/releases/release';
import { rollOutRelease } from '../../core/releases/roll-out-release';
import { assertBootstrapped } from '../../core/stacks/assert-bootstrapped';
import { inPhase } from '../../core/stacks/phase';
import { namesImages, neverDeployed } from '../../core/stacks/stack-variables';
import { actor } from '../../io/actor';
import { currentCommit } from '../../io/git';
import { apiAddress } from './api-address';
import { publishSyntheticModel } from './synthetic-model';

export interface DeployOptions {
  /** The services to roll out; the others are left alone. */
  readonly services: readonly App[];
  /** Has a folder for each built app. */
  readonly appsFolder: string;
  /** If given, changes of the infrastructure beyond these are refused. */
  readonly approved: ApprovedChanges | undefined;
}

/**
 * `pipeline deploy`: applies the infrastructure with the images of this build and rolls them out.
 * The release pointer moves only if every rollout ends SUCCESSFUL; if only some do, they are taken back,
 * so that one release runs and not two.
 * @throws PipelineError, with an exit code for each way to fail
 */
export async function deployRelease(
  context: TerraformContext,
  { services: wanted, appsFolder, approved }: DeployOptions,
  output: (name: 'url' | 'release', value: string) => void,
): Promise<void> {
  const { environment, reporter, workspace, clients } = context;
  const startedAt = new Date();
  const gitSha = await currentCommit(workspace.root);
  const stacks = await context.synth();
  const previous = stacks.find((stack) => stack.previous)?.previous;
  await assertMayDeploy(context, gitSha, previous);
  await assertBootstrapped(context, stacks);
  const ours = inPhase(stacks, 'before-rollout');
  const services = ours.filter(namesImages);
  const withoutImages = ours.filter((stack) => !namesImages(stack));
  const guard = await approvalGuard(context, stacks, approved);
  // The lock is in a table of these stacks, so they rely on Terraform's own lock.
  const base = await applySelected(context, withoutImages, undefined, {
    skipUnchanged: true,
    guard,
  });

  const lock = await context.locks.take('deploy');
  try {
    // Another run may have moved the pointer meanwhile.
    await assertMayDeploy(context, gitSha, previous);
    if (guard) for (const stack of services) await guardAsApplied(context, stack, guard);
    // A person's embedded AWS starts empty. A job's role may not write models.
    if (isEmbedded(environment) && process.env['GITHUB_ACTIONS'] !== 'true') {
      const { data_bucket: bucket } = parseDataOutputs(outputsOf(base, 'data'));
      await publishSyntheticModel(context, await clients.s3(), bucket, appsFolder);
    }
    reporter.step('push images');
    const current = await context.pointer.read();
    const others = apps.filter((app) => !wanted.includes(app));
    if (others.length > 0 && !current)
      throw new PipelineError('usage', 'The first deploy rolls out every service.');
    const publish = await context.publishImages({ appsFolder, current }, previous);
    const imageOf = async (app: App) =>
      current && others.includes(app) ? imageIn(current, app) : publish(app);
    const [api, worker] = [await imageOf('api'), await imageOf('ml-worker')];

    const applied = await applySelected(context, services, {
      ...neverDeployed,
      api_image: api.image,
      api_release: api.commit,
      ml_worker_image: worker.image,
      ml_worker_release: worker.commit,
    });
    await recordApplied(context, [...base, ...applied]);
    const { services: registered } = parseServicesOutputs(outputsOf(applied, 'services'));
    // Before the rollout: a failed deployment has an address too.
    const { api_url: domain } = parseFoundationOutputs(outputsOf(base, 'foundation'));
    output('url', domain);
    const candidate = {
      id: releaseId(startedAt, gitSha),
      // What the other services lack still counts as changed.
      gitSha: current && others.length > 0 ? current.gitSha : gitSha,
      images: { api: api.image, 'ml-worker': worker.image },
      builtFrom: { api: api.commit, 'ml-worker': worker.commit },
      taskDefinitions: {
        api: registered.api.task_definition_arn,
        'ml-worker': registered.ml_worker.task_definition_arn,
        ...Object.fromEntries(others.map((app) => [app, current?.taskDefinitions[app]])),
      },
      startedAt: startedAt.toISOString(),
      actor: actor(),
      kind: 'deploy',
    } as const;
    const release = await rollOutRelease(context, lock, candidate, {
      services: wanted,
      allOrNothing: true,
    });
    output('release', release.id);
    await context.keepImages(release);
    await context.keepProgram(stacks);
    const embedded = isEmbedded(environment) ? process.env['AWS_ENDPOINT_URL'] : undefined;
    const address = await apiAddress(domain, environment, embedded);
    reporter.step(`API at ${address}, documentation at ${address}/docs`);
  } finally {
    await lock.release();
  }
}
