import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedAws } from './cloud/embedded-aws';
import { runTool } from './cloud/run-tool';
import { makeVariant, variants } from './releases/release-variants';
import { tellReleases } from './releases/tell-releases';
import { changesOf } from './report/pipeline-records';
import type { Findings } from './report/report';
import { deployEverything, planAgain, startBootstrapTwice } from './story/infrastructure-story';
import type { Story } from './story/step';
import type { Tool } from './story/tool';
import { useTheApi } from './story/use-the-api';

export interface RehearsalOptions {
  readonly root: string;
  /** dist/rehearsal: reports, logs, the embedded AWS's state. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * The main job on the embedded AWS: from nothing to an analysed week, through good and broken releases,
 * and back to nothing.
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
  // The embedded AWS starts empty, so Terraform must not remember an earlier one.
  await rm(join(root, 'dist/cdktf/local/state'), { recursive: true, force: true });

  const bootstrap = startBootstrapTwice(toolsOn({}, options), root);
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
    const tool = toolsOn({ AWS_ENDPOINT_URL: aws.endpoint }, options);
    const variantsFolder = join(folder, 'releases');
    const [first, ...later] = variants;
    const apps = await makeVariant(first.name, join(root, 'dist/apps'), variantsFolder);
    const applied = await deployEverything(story, tool, { root, folder, apps });
    findings.resources = {
      applied: Object.fromEntries(applied.map(({ stack, resources }) => [stack, resources])),
      planOnly: await readPlanOnly(root),
    };
    await story.step(
      'bootstrap an account, twice',
      () => bootstrap,
      (seconds) =>
        `beside the rest, in ${Math.round(seconds)} s: the state moved into the bucket that it describes; nothing to do the second time`,
    );
    const back = { id: await currentRelease(root), name: first.name };
    const user = await useTheApi(story, findings, aws, options);
    const onRelease = (record: Findings['releases'][number]) => findings.releases.push(record);
    await tellReleases(story, findings, aws, {
      later,
      user,
      signal,
      back,
      releases: { root, folder: variantsFolder, story, tool, onRelease },
    });
    const plans = await planAgain(story, tool, root);
    findings.secondPlan = Object.fromEntries(plans.map((plan) => [plan.stack, changesOf(plan)]));
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

async function currentRelease(root: string): Promise<string> {
  const path = join(root, 'dist/pipeline/local/release.json');
  return (JSON.parse(await readFile(path, 'utf8')) as { id: string }).id;
}
