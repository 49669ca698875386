import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { applySelected, recordApplied, synthesised } from '../apply/run';
import type { AwsContext, Context } from '../../core/context';
import { explain } from '../../core/diagnosis/explain';
import { actor, holder } from '../../io/actor';
import { currentCommit } from '../../io/git';
import { writeJson } from '../../io/write-json';
import { region } from '../../core/environment';
import { currentJob } from '../../core/github/job';
import { imagePublisher } from '../../core/images/image-publisher';
import { lockEnvironment, type EnvironmentLock } from '../../core/locks/environment-lock';
import { redactPlan } from '../../core/plan-report/redact';
import { apps, namesOf, type App } from '../../core/names';
import { releaseLedger } from '../../core/releases/ledger';
import { parseDataOutputs } from '../publish-model/run';
import { publishSyntheticModel } from './synthetic-model';
import { movePointer, readPointer } from '../../core/releases/pointer';
import { releaseId, type Release } from '../../core/releases/release';
import { assertApproved, type ApprovedChanges } from '../../core/approval/approved-changes';
import { describeEnds, outcomeOfRollouts, worstFailure } from '../../core/rollout/conclude';
import { failedApps, rollOutAll } from '../../core/rollout/roll-out-all';
import { isNamed, type Stack } from '../../core/stacks/manifest';
import { appliedVariables, asTerraformVariables } from '../../core/stacks/stack-variables';
import { terraformIn } from '../../core/terraform/terraform';
import { apiAddress } from './api-address';
import {
  outputsOf,
  parseFoundationOutputs,
  parseServicesOutputs,
} from '../../core/apply/stack-outputs';

export interface DeployOptions {
  /** Holds a folder for each built app. */
  readonly appsFolder: string;
  /** Where given, changes of the infrastructure beyond these are not applied. */
  readonly approved?: ApprovedChanges | undefined;
}

/**
 * `pipeline deploy`: applies the infrastructure with the images of this build and rolls them out.
 * The release pointer moves only when ECS has called every rollout SUCCESSFUL; if only some were, the
 * others are taken back, so that what runs is always one release.
 */
export async function deploy(
  context: Context,
  { appsFolder, approved }: DeployOptions,
): Promise<Release> {
  const { environment, reporter, workspace } = context;
  const startedAt = new Date();
  const gitSha = await currentCommit(workspace.root);
  const { table } = namesOf(environment);
  const dynamo = new DynamoDBClient({ region });

  const stacks = await synthesised(context);
  const isServices = (stack: (typeof stacks)[number]) => isNamed(stack, 'services');
  const withoutImages = stacks.filter((stack) => !isServices(stack));
  // The lock lies in the table that these stacks make; Terraform's own lock guards them.
  const base = await applySelected(context, withoutImages, undefined, {
    skipUnchanged: true,
    guard: approved && ((stack, plan) => assertApproved(approved, stack.name, redactPlan(plan))),
  });

  const lock = await lockEnvironment(dynamo, { table, kind: 'deploy', holder: holder() });
  try {
    if (approved) await assertServicesApproved(context, stacks, approved);
    if (environment === 'local') {
      const { data_bucket: bucket } = parseDataOutputs(outputsOf(base, 'data'));
      await publishSyntheticModel(context, bucket, appsFolder);
    }
    reporter.step('push images');
    const publish = await imagePublisher(context, { appsFolder });
    const images = { api: await publish('api'), 'ml-worker': await publish('ml-worker') };

    const services = await applySelected(context, stacks.filter(isServices), {
      api_image: images.api,
      ml_worker_image: images['ml-worker'],
      release: gitSha,
    });
    await recordApplied(context, [...base, ...services]);
    const { services: registered } = parseServicesOutputs(outputsOf(services, 'services'));
    const candidate = {
      id: releaseId(startedAt, gitSha),
      gitSha,
      images,
      taskDefinitions: {
        api: registered.api.task_definition_arn,
        'ml-worker': registered.ml_worker.task_definition_arn,
      },
      startedAt: startedAt.toISOString(),
      actor: actor(),
      kind: 'deploy',
    } as const;
    // Before the rollout: a deployment that fails has an address as well.
    const { api_url: domain } = parseFoundationOutputs(outputsOf(base, 'foundation'));
    currentJob().output('url', domain);
    const release = await rollOutRelease(context, dynamo, lock, candidate);
    const embedded = environment === 'local' ? process.env['AWS_ENDPOINT_URL'] : undefined;
    const address = await apiAddress(domain, embedded);
    reporter.step(`the API answers on ${address}, its documentation is ${address}/docs`);
    return release;
  } finally {
    await lock.release();
  }
}

/** What was approved is the plan with the images that run, so that is what is looked at once more. */
async function assertServicesApproved(
  { reporter, terraform }: Context,
  stacks: readonly Stack[],
  approved: ApprovedChanges,
): Promise<void> {
  const variables = asTerraformVariables(
    await appliedVariables(stacks, (stack) => terraformIn(stack.folder, terraform)),
  );
  for (const stack of stacks.filter((each) => isNamed(each, 'services'))) {
    reporter.step(`compare ${stack.name} with what was approved`);
    const instance = terraformIn(stack.folder, {
      ...terraform,
      variables: { ...terraform.variables, ...variables },
    });
    await instance.init();
    assertApproved(approved, stack.name, redactPlan(await instance.plan()));
  }
}

type Candidate = Omit<Release, 'finishedAt' | 'outcome'>;

/**
 * Rolls a release out, writes it into the ledger however it ended, and moves the pointer to it if it
 * ended well.
 * @throws PipelineError with the exit code of the worst verdict
 */
export async function rollOutRelease(
  context: AwsContext,
  dynamo: DynamoDBClient,
  lock: EnvironmentLock,
  candidate: Candidate,
): Promise<Release> {
  const { environment, reporter, workspace } = context;
  const ecs = new ECSClient({ region });
  const ssm = new SSMClient({ region });
  reporter.step(`roll out ${candidate.id}`);
  const mayStart = () => lock.assertHeld();
  const ends = await rollOutAll(context, ecs, candidate.taskDefinitions, mayStart);
  const release: Release = {
    ...candidate,
    finishedAt: new Date().toISOString(),
    outcome: outcomeOfRollouts(ends),
  };
  const folder = join(workspace.dist, 'pipeline', environment);
  await writeJson(join(folder, 'rollout.json'), {
    release,
    rollouts: describeEnds(ends, new Date(performance.timeOrigin)),
  });
  await lock.assertHeld();
  await releaseLedger(dynamo, namesOf(environment).table).record(release);

  const failure = worstFailure(ends);
  if (failure) {
    const failed = failedApps(ends);
    await explain(context, failed, candidate.taskDefinitions);
    await takeBackTheRest(context, ecs, ssm, lock, failed);
    throw failure;
  }
  await movePointer(ssm, environment, release);
  await writeJson(join(folder, 'release.json'), release);
  currentJob().output('release', release.id);
  reporter.step(`release ${release.id} is current`);
  return release;
}

/** One app of a failed release may have been rolled out well: it goes back to the current release. */
async function takeBackTheRest(
  context: AwsContext,
  ecs: ECSClient,
  ssm: SSMClient,
  lock: EnvironmentLock,
  failed: readonly App[],
): Promise<void> {
  const current = await readPointer(ssm, context.environment);
  if (!current || failed.length === apps.length) return;
  context.reporter.step(`take the other apps back to ${current.id}`);
  await rollOutAll(context, ecs, current.taskDefinitions, () => lock.assertHeld());
}
