import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  changesOf,
  describePlan,
  readApplied,
  readPlan,
  totalResources,
  type AppliedStack,
  type PlannedStack,
} from '../report/pipeline-records';
import type { Story } from '../progress/step';
import { succeeding, type Tool } from '../programs/tool';

const pipeline = 'tools/pipeline/main.js';
const model = 'apps/ml-worker/model.js';
const local = ['--env', 'local'];

/** A new account gets its state bucket, its roles and repositories; the second time there is nothing to do. */
export async function bootstrapTwice(story: Story, run: Tool, root: string): Promise<void> {
  await rm(join(root, '.local/bootstrap/embedded.tfstate'), { force: true });
  await story.step(
    'bootstrap the account, twice',
    async (note) => {
      for (let time = 1; time <= 2; time++)
        await succeeding(run)(pipeline, note, 'bootstrap', '--account', 'embedded');
    },
    () => 'the state moved into the bucket that it describes; nothing to do the second time',
  );
}

/**
 * From code to an environment that serves.
 * @param apps folder of the built apps that are the first release
 * @returns the managed resources of each stack
 */
export async function deployEverything(
  story: Story,
  run: Tool,
  { root, folder, apps }: { root: string; folder: string; apps: string },
): Promise<readonly AppliedStack[]> {
  const tool = succeeding(run);
  const bundle = join(folder, 'model');
  await story.step(
    'synthesise',
    (note) => tool(pipeline, note, 'synth', ...local),
    () => 'Terraform JSON of every stack',
  );
  await story.step(
    'plan',
    async (note) => {
      await tool(pipeline, note, 'plan', ...local);
      return readPlan(root);
    },
    describePlan,
  );
  await story.step(
    'make a model bundle',
    (note) => makeModelBundle(run, note, folder, bundle),
    () => 'PAT-S with synthetic weights; a corrupt .h5 was refused',
  );
  await story.step(
    'apply the base stacks',
    async (note) => {
      await tool(pipeline, note, 'apply', ...local, '--stacks', 'foundation', 'data');
      return readApplied(root);
    },
    (stacks) => `${totalResources(stacks)} resources`,
  );
  await story.step(
    'publish the model',
    (note) => tool(pipeline, note, 'publish-model', ...local, '--bundle', bundle),
    () => 'in the data bucket',
  );
  return story.step(
    'deploy',
    async (note) => {
      await tool(pipeline, note, 'deploy', ...local, '--apps', apps);
      return readApplied(root);
    },
    (stacks) => `${totalResources(stacks)} resources in all, API and worker rolled out`,
  );
}

/** @throws Error where any stack would change */
export async function planAgain(
  story: Story,
  run: Tool,
  root: string,
): Promise<readonly PlannedStack[]> {
  const tool = succeeding(run);
  return story.step(
    'plan again',
    async (note) => {
      await tool(pipeline, note, 'plan', ...local);
      const stacks = await readPlan(root);
      if (stacks.some((stack) => changesOf(stack) !== 0)) throw new Error(describePlan(stacks));
      return stacks;
    },
    () => 'no change in any stack',
  );
}

async function makeModelBundle(
  run: Tool,
  note: (text: string) => void,
  folder: string,
  bundle: string,
): Promise<void> {
  const weights = join(folder, 'pat-s.synthetic.h5');
  await rm(bundle, { recursive: true, force: true });
  const corrupt = join(folder, 'corrupt.h5');
  await writeFile(corrupt, 'this is no HDF5 file');
  const { code } = await run(model, note, 'import', corrupt, '--size', 'S', '--out', bundle);
  if (code === 0) throw new Error('A corrupt .h5 file was imported.');
  const tool = succeeding(run);
  await tool(model, note, 'synthesize', '--size', 'S', '--out', weights);
  await tool(model, note, 'import', weights, '--size', 'S', '--name', 'pat-s', '--out', bundle);
}
