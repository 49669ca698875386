import type { CountScaling } from '@clarity/domain';
import type { ApiClient } from '../clients/api-client';
import type { EmbeddedAws } from '../programs/embedded-aws';
import { eventually } from '../programs/eventually';
import type { Story } from '../progress/step';
import { requestAnalysis, type Account } from '../clients/user-actions';

const analyses = 12;
/** Longer than the queue hides a job that its worker took to the grave. */
const recoveryLimitMs = 240_000;

export interface WorkOptions {
  readonly story: Story;
  readonly aws: EmbeddedAws;
  readonly api: ApiClient;
  readonly account: Account;
  readonly from: string;
  readonly countScaling: CountScaling;
  readonly signal: AbortSignal;
}

/** Asks for many analyses and kills the worker while it is at them. @returns where to look for each */
export async function killTheWorker(options: WorkOptions): Promise<readonly string[]> {
  const { story, aws, api, account, from, countScaling } = options;
  return story.step(
    'kill a worker in the middle of its work',
    async () => {
      const locations: string[] = [];
      for (let count = 0; count < analyses; count++) {
        locations.push(await requestAnalysis(api, account, from, countScaling));
        if (count === analyses / 2) await killWorkers(aws);
      }
      return locations;
    },
    (locations) => `${locations.length} analyses asked for; SIGKILL after half of them`,
  );
}

async function killWorkers(aws: EmbeddedAws): Promise<void> {
  const workers = (await aws.tasks()).filter(({ group }) => group?.includes('ml-worker'));
  const pids = workers.flatMap(({ pids: own }) => own);
  if (pids.length === 0) throw new Error('There is no worker to kill.');
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** Every analysis ended, each as completed and with one result. */
export async function expectAllCompleted(
  locations: readonly string[],
  { story, api, account, signal }: WorkOptions,
): Promise<void> {
  await story.step(
    'every analysis completes all the same',
    async () => {
      for (const location of locations)
        await eventually(
          async () => {
            const { body } = await api.request<{ status: string }>('GET', location, account);
            if (body.status === 'queued') return undefined;
            if (body.status !== 'completed') throw new Error(`${location} ended as ${body.status}`);
            return body;
          },
          { limitMs: recoveryLimitMs, signal, what: `The end of ${location}` },
        );
    },
    () => `${locations.length} of ${locations.length}, once each`,
  );
}
