import { eventually } from '@clarity/host';
import type { EmbeddedAws } from '@clarity/local-cloud/client';
import { requestAnalysis } from '../clients/user-actions';
import { refuseBadInput, uploadWeek } from './api-user';
import { load } from './load';
import type { Context, Scenario } from './scenario';
import { startAws } from './start-aws';
import { trace } from './trace';

const analyses = 12;
/** Longer than the queue hides a job whose worker died. */
const recoveryLimitMs = 240_000;

/** Its result: where each analysis can be followed. */
export const killedWorker: Scenario<readonly string[]> = {
  name: 'killed-worker',
  summary: 'kill a worker in the middle of its work',
  needs: [uploadWeek, load],
  // A killed worker takes with it what it has not sent to X-Ray.
  after: [refuseBadInput, trace],
  async run(context) {
    const { api, account, from, countScaling } = context.resultOf(uploadWeek);
    const locations: string[] = [];
    for (let count = 0; count < analyses; count++) {
      locations.push(await requestAnalysis(api, account, from, countScaling));
      if (count === analyses / 2) await killWorkers(context.resultOf(startAws));
    }
    for (const location of locations) await expectCompleted(context, location);
    return locations;
  },
  describe: ({ length }) =>
    `SIGKILL after half of ${length} analyses; all ${length} completed, once each`,
};

async function killWorkers(aws: EmbeddedAws): Promise<void> {
  const workers = (await aws.tasks()).filter(({ group }) => group.includes('ml-worker'));
  const pids = workers.flatMap(({ pids: own }) => own);
  if (pids.length === 0) throw new Error('There is no worker to kill.');
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

async function expectCompleted({ resultOf, signal }: Context, location: string): Promise<void> {
  const { api, account } = resultOf(uploadWeek);
  const status = await eventually(
    async () => {
      const { body } = await api.request<{ status: string }>('GET', location, account);
      return body.status === 'queued' ? undefined : body.status;
    },
    { limitMs: recoveryLimitMs, signal, what: `The end of ${location}` },
  );
  if (status !== 'completed') throw new Error(`${location} ended as ${status}.`);
}
