import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedAws } from '../programs/embedded-aws';
import { runTool } from '../programs/run-tool';
import { openGitHub } from './start-github';
import { tellNights } from './drift-schedule';
import { tellWorkflows } from './workflows';
import { deployVariant } from './broken-releases';
import { makeVariant, variants } from './release-variants';
import { underLoad } from './load';
import { changesOf } from '../report/pipeline-records';
import type { RehearsalOptions } from '../rehearsal-options';
import type { Findings } from '../report/report';
import { bootstrapTwice, deployEverything, planAgain } from './infrastructure';
import { expectAllCompleted, killTheWorker } from './killed-worker';
import type { Story } from '../progress/step';
import type { Tool } from '../programs/tool';
import { useTheApi } from './api-user';

const pipeline = 'tools/pipeline/main.js';

/**
 * The main job on the embedded AWS and the embedded GitHub: from nothing to an analysed week, through
 * good and broken releases, pull requests and pushes, and back to nothing.
 * @param findings is filled in as the story goes, so that a failed rehearsal reports what it saw
 * @throws StepFailure at the first step that fails; the embedded AWS is ended in any case
 */
export async function rehearse(
  story: Story,
  findings: Findings,
  options: RehearsalOptions,
): Promise<void> {
  const { root, folder, signal } = options;
  const logs = join(folder, 'logs');
  await rm(logs, { recursive: true, force: true });
  const aws = await story.step(
    'start the embedded AWS',
    (note) =>
      startEmbeddedAws({
        root,
        stateDir: join(folder, 'local-cloud'),
        log: join(logs, 'local-cloud.log'),
        signal,
        note,
      }),
    ({ endpoint }) => endpoint,
  );
  try {
    // State is where an account has it: workflows on other machines share nothing else.
    const tool = toolsOn({ AWS_ENDPOINT_URL: aws.endpoint, CLARITY_STATE: 's3' }, options);
    const variantsFolder = join(folder, 'releases');
    const [first, ...later] = variants;
    const apps = await makeVariant(first.name, join(root, 'dist/apps'), variantsFolder);
    await bootstrapTwice(story, tool, root);
    const applied = await deployEverything(story, tool, { root, folder, apps });
    findings.resources = {
      applied: Object.fromEntries(applied.map(({ stack, resources }) => [stack, resources])),
      planOnly: await readPlanOnly(root),
    };
    const back = await currentRelease(tool);
    const user = await useTheApi(story, findings, aws, options);
    const work = { ...user, story, aws, signal };
    const onRelease = (record: Findings['releases'][number]) => findings.releases.push(record);
    const releases = { root, folder: variantsFolder, story, tool, onRelease };
    const hosted = await openGitHub(aws.endpoint, story, options);
    const workflows = {
      ...hosted,
      story,
      findings,
      endpoint: aws.endpoint,
      currentRelease: () => currentRelease(tool),
    };
    try {
      await underLoad(story, findings, aws, user, async () => {
        const analyses = await killTheWorker(work);
        for (const variant of later) await deployVariant(variant, releases);
        const plans = await planAgain(story, tool, root);
        findings.secondPlan = Object.fromEntries(
          plans.map((plan) => [plan.stack, changesOf(plan)]),
        );
        await tellWorkflows(workflows, back);
        await expectAllCompleted(analyses, work);
      });
      await tellNights(workflows);
    } finally {
      await hosted.close();
    }
  } finally {
    await story.lastStep(
      'tear down',
      async () => {
        const left = await aws.stop();
        if (left.length > 0) throw new Error(`Still running: ${left.join(', ')}`);
      },
      () => 'no process left',
    );
  }
}

/** What infra says that the embedded AWS cannot apply, with why. */
async function readPlanOnly(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'dist/cdktf/local/plan-only.json'), 'utf8');
  const list = JSON.parse(text) as readonly { what: string; reason: string }[];
  return list.map(({ what, reason }) => `${what}: ${reason}`);
}

/** Our built programs, run in an environment with these variables. */
function toolsOn(
  env: Readonly<Record<string, string>>,
  { root, folder, signal }: RehearsalOptions,
): Tool {
  const logs = join(folder, 'logs');
  return (script, note, ...args) => runTool(script, args, { root, logs, signal, note, env });
}

/** @returns its id */
async function currentRelease(tool: Tool): Promise<string> {
  const list = ['releases', 'list', '--env', 'local'];
  const { code, output, explanation } = await tool(pipeline, () => undefined, ...list);
  const id = /^\* (\S+)/m.exec(output)?.[1];
  if (code !== 0 || id === undefined) throw new Error(explanation);
  return id;
}
