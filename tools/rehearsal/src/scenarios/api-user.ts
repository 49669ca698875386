import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalysisMetrics, CountScaling } from '@clarity/domain';
import { eventually } from '@clarity/host';
import { ApiClient } from '../clients/api-client';
import { differences } from '../clients/metric-differences';
import {
  analyse,
  signUp,
  timeZone,
  tryBadInput,
  uploadSamples,
  type Account,
  type FinishedAnalysis,
} from '../clients/user-actions';
import { samplesOf, type RecordedWeek, type WeekOfSamples } from '../clients/week-of-data';
import { deploy } from './deploy';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

/** A person with an account on the API. */
export interface User {
  /** Of the load balancer. */
  readonly url: string;
  readonly api: ApiClient;
  readonly account: Account;
}

/** A user who uploaded a week. */
export interface UserWithWeek extends User {
  readonly week: WeekOfSamples;
  /** Its Monday. */
  readonly from: string;
  readonly countScaling: CountScaling;
}

interface GoldenAnalysis {
  readonly countScaling: CountScaling;
  readonly metrics: AnalysisMetrics;
}

const reachableLimitMs = 60_000;

export const logIn: Scenario<User> = {
  name: 'log-in',
  summary: 'reach the API through the load balancer, register, confirm, log in',
  needs: [deploy],
  async run({ resultOf, signal }) {
    const aws = resultOf(startAws);
    const url = await eventually(
      async () => {
        const [balancer] = await aws.loadBalancers();
        if (!balancer) return undefined;
        await new ApiClient(balancer.url).request('GET', '/readyz');
        return balancer.url;
      },
      { limitMs: reachableLimitMs, signal, what: 'A healthy API' },
    );
    const api = new ApiClient(url);
    return { url, api, account: await signUp(api) };
  },
  describe: ({ url }) => `an access token from ${url}`,
};

export const uploadWeek: Scenario<UserWithWeek> = {
  name: 'upload-week',
  summary: 'upload a week of minutes',
  needs: [logIn],
  async run({ root, resultOf }) {
    const user = resultOf(logIn);
    const recorded = await readData<RecordedWeek>(root, 'week.json');
    const { countScaling } = await readData<GoldenAnalysis>(root, 'week.expected.json');
    const week = samplesOf(recorded, new Date(), timeZone);
    const created = await uploadSamples(user.api, user.account, week.samples);
    if (created !== week.samples.length)
      throw new Error(`Of ${week.samples.length} samples only ${created} were stored.`);
    return { ...user, week, from: week.from, countScaling };
  },
  describe: ({ week }) => `${week.samples.length} samples from ${week.from}`,
};

export const analyseWeek: Scenario<FinishedAnalysis> = {
  name: 'analyse-week',
  summary: 'analyse the week and compare with the golden metrics',
  needs: [uploadWeek],
  async run({ root, findings, resultOf, signal }) {
    const { api, account, week, countScaling } = resultOf(uploadWeek);
    const golden = await readData<GoldenAnalysis>(root, 'week.expected.json');
    const finished = await analyse(api, account, week, countScaling, signal);
    const differing = differences(finished.result.metrics, golden.metrics);
    findings.analysis = { result: finished.result, differences: differing };
    findings.actogram = finished.actogram;
    if (differing.length > 0) throw new Error(`Not the golden values:\n${differing.join('\n')}`);
    return finished;
  },
  describe: ({ result }) => `every metric is the golden one; ${result.model.weights} weights`,
};

export const refuseBadInput: Scenario<readonly string[]> = {
  name: 'refuse-bad-input',
  summary: 'send what the API has to refuse',
  needs: [analyseWeek],
  async run({ resultOf }) {
    const { api, account, week } = resultOf(uploadWeek);
    return tryBadInput(api, account, await signUp(api), resultOf(analyseWeek).id, week);
  },
  describe: (refused) => refused.join(', '),
};

/** @param name in the data folder */
async function readData<Content>(root: string, name: string): Promise<Content> {
  return JSON.parse(await readFile(join(root, 'tools/rehearsal/data', name), 'utf8')) as Content;
}
