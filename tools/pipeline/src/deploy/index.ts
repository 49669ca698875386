import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { applySelected, recordApplied, synthesised } from '../apply';
import type { Context } from '../context';
import { currentCommit } from '../edge/git';
import { prefixed } from '../edge/reporter';
import { writeJson } from '../edge/write-json';
import { imageKindOf, region } from '../environment';
import { PipelineError } from '../errors';
import { describeProcessImage } from '../images/process-image';
import { publishProcessImage } from '../images/publish';
import { movePointer } from '../releases/pointer';
import { releaseId, type Release } from '../releases/release';
import { rollOut } from '../rollout/roll-out';
import { serviceDeployments } from '../rollout/service-deployments';
import { isNamed } from '../stacks/manifest';
import { outputsOf, parseAccountOutputs, parseServicesOutputs } from './service-outputs';

const apps = ['api', 'ml-worker'] as const;
type App = (typeof apps)[number];

/** ECS needs this long at most for a rollout that goes well; the GPU worker waits for a host. */
const rolloutLimitMs: Record<App, number> = { api: 15 * 60_000, 'ml-worker': 30 * 60_000 };

/**
 * `pipeline deploy`: applies the infrastructure with the images of this build and rolls them out.
 * The release pointer moves only when ECS has called every rollout SUCCESSFUL.
 */
export async function deploy(context: Context): Promise<Release> {
  const { environment, reporter, workspace, signal } = context;
  if (imageKindOf(environment) !== 'process')
    throw new PipelineError(
      'usage',
      `Deploying container images to "${environment}" is not built yet.`,
      'Only the environment "local" can be deployed so far.',
    );
  const startedAt = new Date();
  const gitSha = await currentCommit(workspace.root);

  const stacks = await synthesised(context);
  const isServices = (stack: (typeof stacks)[number]) => isNamed(stack, 'services');
  const withoutImages = stacks.filter((stack) => !isServices(stack));
  const base = await applySelected(context, withoutImages);

  reporter.step('push images');
  const { repositories } = parseAccountOutputs(outputsOf(base, 'account'));
  const images = await publishImages(context, repositories);

  const services = await applySelected(context, stacks.filter(isServices), {
    api_image: images.api,
    ml_worker_image: images['ml-worker'],
    release: gitSha,
  });
  await recordApplied(context, [...base, ...services]);

  const { cluster_name: cluster, services: rolledOut } = parseServicesOutputs(
    outputsOf(services, 'services'),
  );
  const target = { api: rolledOut.api, 'ml-worker': rolledOut.ml_worker };
  reporter.step('roll out');
  const ecs = new ECSClient({ region });
  const rollouts = await Promise.allSettled(
    apps.map((app) =>
      rollOut(
        serviceDeployments(ecs, { cluster, service: target[app].name }),
        prefixed(reporter, app),
        {
          taskDefinition: target[app].task_definition_arn,
          timeoutMs: rolloutLimitMs[app],
          pollMs: 1_000,
          signal,
        },
      ),
    ),
  );
  const failed = rollouts.find((rollout) => rollout.status === 'rejected');
  if (failed) throw failed.reason;

  const release: Release = {
    id: releaseId(startedAt, gitSha),
    gitSha,
    images,
    taskDefinitions: {
      api: target.api.task_definition_arn,
      'ml-worker': target['ml-worker'].task_definition_arn,
    },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    actor: process.env['GITHUB_ACTOR'] ?? userInfo().username,
    kind: 'deploy',
    outcome: 'SUCCESSFUL',
  };
  await movePointer(new SSMClient({ region }), environment, release);
  await writeJson(join(workspace.dist, 'pipeline', environment, 'release.json'), release);
  reporter.step(`release ${release.id} is current`);
  return release;
}

async function publishImages(
  { workspace, reporter }: Context,
  repositories: Readonly<Record<string, string>>,
): Promise<Record<App, string>> {
  const ecr = new ECRClient({ region });
  const store = process.env['CLARITY_IMAGE_STORE'] ?? join(workspace.local, 'images');
  const publish = async (app: App) => {
    const repository = `clarity-${app}`;
    const repositoryUrl = repositories[repository];
    if (!repositoryUrl)
      throw new PipelineError('unexpected', `The account has no ECR repository ${repository}.`);
    const image = await describeProcessImage(repository, join(workspace.dist, 'apps', app));
    return publishProcessImage(ecr, image, { repository, repositoryUrl, store }, reporter);
  };
  return { api: await publish('api'), 'ml-worker': await publish('ml-worker') };
}
