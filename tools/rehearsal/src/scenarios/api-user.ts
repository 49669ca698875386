import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalysisMetrics, CountScaling } from '@clarity/domain';
import { ApiClient } from '../clients/api-client';
import { differences } from '../clients/metric-differences';
import { samplesOf, type RecordedWeek } from '../clients/week-of-data';
import type { EmbeddedAws } from '../programs/embedded-aws';
import type { Findings } from '../report/report';
import { eventually } from '../programs/eventually';
import type { Story } from '../progress/step';
import {
  analyse,
  refuseBadInput,
  signUp,
  timeZone,
  uploadSamples,
  type Account,
} from '../clients/user-actions';

/** Somebody who uses the API, and a week of theirs. */
export interface User {
  readonly url: string;
  readonly api: ApiClient;
  readonly account: Account;
  /** Monday of the week that they uploaded. */
  readonly from: string;
  readonly countScaling: CountScaling;
}

interface GoldenAnalysis {
  readonly countScaling: CountScaling;
  readonly metrics: AnalysisMetrics;
}

const reachableLimitMs = 60_000;

/** A user signs up, uploads a week, has it analysed, and tries what must not work. */
export async function useTheApi(
  story: Story,
  findings: Findings,
  aws: EmbeddedAws,
  { root, signal }: { root: string; signal: AbortSignal },
): Promise<User> {
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
  return { url, api, account, from: week.from, countScaling: golden.countScaling };
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
