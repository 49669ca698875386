import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readApplied, totalResources, type AppliedStack } from '../report/pipeline-records';
import { bootstrap } from './bootstrap';
import { modelBundle } from './model-bundle';
import { asDeployJob, pipeline } from './pipeline';
import { currentRelease } from './releases';
import { makeVariant, variants } from '../releases/release-variants';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';

export const synth: Scenario<string> = {
  name: 'synth',
  summary: 'synthesise the environment',
  needs: [startAws],
  run: (context) => pipeline(context, 'synth', '--env', 'local'),
  describe: () => 'Terraform JSON of every stack',
};

export const applyBaseStacks: Scenario<readonly AppliedStack[]> = {
  name: 'apply-base-stacks',
  summary: 'apply the stacks below the services',
  needs: [bootstrap],
  async run(context) {
    await pipeline(context, 'apply', '--env', 'local', '--stacks', 'foundation', 'data');
    return readApplied(context.root);
  },
  describe: (stacks) => `${totalResources(stacks)} resources`,
};

export const publishModel: Scenario<string> = {
  name: 'publish-model',
  summary: 'publish the model',
  needs: [applyBaseStacks, modelBundle],
  run: (context) =>
    pipeline(context, 'publish-model', '--env', 'local', '--bundle', context.resultOf(modelBundle)),
  describe: () => 'in the data bucket',
};

/** The first release. */
export interface FirstDeploy {
  readonly stacks: readonly AppliedStack[];
  /** Id of the release. */
  readonly release: string;
}

export const deploy: Scenario<FirstDeploy> = {
  name: 'deploy',
  summary: 'deploy the first release',
  needs: [publishModel, startGitHub],
  async run(context) {
    const { root, folder, findings } = context;
    const apps = await makeVariant(
      variants.first.name,
      join(root, 'dist/apps'),
      join(folder, 'releases'),
    );
    await pipeline(asDeployJob(context), 'deploy', '--env', 'local', '--apps', apps);
    const stacks = await readApplied(root);
    findings.resources = {
      applied: Object.fromEntries(stacks.map(({ stack, resources }) => [stack, resources])),
      planOnly: await readPlanOnly(root),
    };
    return { stacks, release: await currentRelease(context) };
  },
  describe: ({ stacks }) => `${totalResources(stacks)} resources in all, API and worker rolled out`,
};

/** What the embedded AWS cannot apply, with the reason. */
async function readPlanOnly(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'dist/cdktf/local/plan-only.json'), 'utf8');
  const list = JSON.parse(text) as readonly { what: string; reason: string }[];
  return list.map(({ what, reason }) => `${what}: ${reason}`);
}
