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
import type { Story } from './step';

/** Runs one of our built programs; `args` as a person would type them. */
export type Tool = (
  script: string,
  note: (text: string) => void,
  ...args: string[]
) => Promise<void>;

const pipeline = 'tools/pipeline/main.js';
const localCloud = 'tools/local-cloud/main.js';
const model = 'apps/ml-worker/model.js';
const local = ['--env', 'local'];

/**
 * A new account, on an embedded AWS of its own: what the bootstrap makes once an account must not be in
 * the way of the environment that is deployed here.
 */
export async function bootstrapTwice(story: Story, tool: Tool, root: string): Promise<void> {
  const bootstrap = `"${process.execPath}" "${join(root, 'dist', pipeline)}" bootstrap --account embedded`;
  await rm(join(root, '.local/bootstrap/embedded.tfstate'), { force: true });
  await story.step(
    'bootstrap an account, twice',
    (note) => tool(localCloud, note, 'exec', '--', 'sh', '-c', `${bootstrap} && ${bootstrap}`),
    () => 'the state moved into the bucket that it describes; nothing to do the second time',
  );
}

/** From code to an environment that serves. @returns the managed resources of each stack */
export async function deployEverything(
  story: Story,
  tool: Tool,
  { root, folder }: { root: string; folder: string },
): Promise<readonly AppliedStack[]> {
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
    (note) => makeModelBundle(tool, note, folder, bundle),
    () => 'PAT-S with synthetic weights; a corrupt .h5 was refused',
  );
  await story.step(
    'apply the base stacks',
    async (note) => {
      await tool(pipeline, note, 'apply', ...local, '--stacks', 'account', 'foundation', 'data');
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
      await tool(pipeline, note, 'deploy', ...local);
      return readApplied(root);
    },
    (stacks) => `${totalResources(stacks)} resources in all, API and worker rolled out`,
  );
}

/** @throws Error where any stack would change */
export async function planAgain(
  story: Story,
  tool: Tool,
  root: string,
): Promise<readonly PlannedStack[]> {
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
  tool: Tool,
  note: (text: string) => void,
  folder: string,
  bundle: string,
): Promise<void> {
  const weights = join(folder, 'pat-s.synthetic.h5');
  await rm(bundle, { recursive: true, force: true });
  const corrupt = join(folder, 'corrupt.h5');
  await writeFile(corrupt, 'this is no HDF5 file');
  const refused = await tool(model, note, 'import', corrupt, '--size', 'S', '--out', bundle).then(
    () => false,
    () => true,
  );
  if (!refused) throw new Error('A corrupt .h5 file was imported.');
  await tool(model, note, 'synthesize', '--size', 'S', '--out', weights);
  await tool(model, note, 'import', weights, '--size', 'S', '--name', 'pat-s', '--out', bundle);
}
