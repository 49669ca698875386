import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalysisMetrics, CountScaling } from '@clarity/domain';
import { ApiClient } from './client/api-client';
import { differences } from './client/metric-differences';
import { samplesOf, type RecordedWeek } from './client/week-of-data';
import { startEmbeddedAws, type EmbeddedAws } from './cloud/embedded-aws';
import { runTool } from './cloud/run-tool';
import { changesOf } from './report/pipeline-records';
import type { Findings } from './report/report';
import { eventually } from './story/eventually';
import {
  bootstrapTwice,
  deployEverything,
  planAgain,
  type Tool,
} from './story/infrastructure-story';
import type { Story } from './story/step';
import { analyse, refuseBadInput, signUp, timeZone, uploadSamples } from './story/user-story';

export interface RehearsalOptions {
  readonly root: string;
  /** dist/rehearsal: reports, logs, the embedded AWS's state. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

const reachableLimitMs = 60_000;

/**
 * The main job on the embedded AWS: from nothing to an analysed week, and back to nothing.
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

  await bootstrapTwice(story, toolsOn({}, options), root);
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
    const applied = await deployEverything(story, tool, options);
    findings.resources = {
      applied: Object.fromEntries(applied.map(({ stack, resources }) => [stack, resources])),
      planOnly: await readPlanOnly(root),
    };
    await useTheApi(story, findings, aws, options);
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
  const path = join(root, 'dist/cdktf/local/plan-only.json');
  const list = await readJson<readonly { what: string; reason: string }[]>(path);
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

interface GoldenAnalysis {
  readonly countScaling: CountScaling;
  readonly metrics: AnalysisMetrics;
}

async function useTheApi(
  story: Story,
  findings: Findings,
  aws: EmbeddedAws,
  { root, signal }: RehearsalOptions,
): Promise<void> {
  const data = join(root, 'tools/rehearsal/data');
  const recorded = await readJson<RecordedWeek>(join(data, 'week.json'));
  const golden = await readJson<GoldenAnalysis>(join(data, 'week.expected.json'));
  const week = samplesOf(recorded, new Date(), timeZone);

  const url = await story.step(
    'reach the API through the load balancer',
    () => reachableApi(aws, signal),
    (text) => text,
  );
  const api = new ApiClient(url);
  const account = await story.step(
    'register, confirm, log in',
    () => signUp(api),
    () => 'an access token',
  );
  await story.step(
    'upload a week of minutes',
    async () => {
      const created = await uploadSamples(api, account, week.samples);
      if (created !== week.samples.length)
        throw new Error(`Of ${week.samples.length} samples only ${created} were stored.`);
    },
    () => `${week.samples.length} samples from ${week.from}`,
  );
  const { id } = await story.step(
    'analyse it',
    async () => {
      const finished = await analyse(api, account, week, golden.countScaling, signal);
      const differing = differences(finished.result.metrics, golden.metrics);
      findings.analysis = { result: finished.result, differences: differing };
      findings.actogram = finished.actogram;
      if (differing.length > 0) throw new Error(`Not the golden values:\n${differing.join('\n')}`);
      return finished;
    },
    ({ result }) => `every metric is the golden one; ${result.model.weights} weights`,
  );
  await story.step(
    'refuse bad input',
    async () => refuseBadInput(api, account, await signUp(api), id, week),
    (refused) => refused.join(', '),
  );
}

/** @returns the base URL of the load balancer, once a healthy API answers behind it */
async function reachableApi(aws: EmbeddedAws, signal: AbortSignal): Promise<string> {
  const options = { limitMs: reachableLimitMs, signal, what: 'A healthy API' };
  return eventually(async () => {
    const [balancer] = await aws.loadBalancers();
    if (!balancer) return undefined;
    await new ApiClient(balancer.url).request('GET', '/readyz');
    return balancer.url;
  }, options);
}

async function readJson<Content>(path: string): Promise<Content> {
  return JSON.parse(await readFile(path, 'utf8')) as Content;
}
