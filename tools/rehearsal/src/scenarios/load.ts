import { startTraffic, type Traffic, type TrafficCounts } from '../clients/traffic';
import { logIn } from './api-user';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

/** The most that a broken release may answer itself before its alarm takes it away. */
const mostFromBrokenRelease = 2_000;

/** A user who keeps asking from now on. */
export const load: Scenario<Traffic> = {
  name: 'load',
  summary: 'put the API under a steady load',
  needs: [logIn],
  async run({ findings, resultOf, onEnd }) {
    const { url, account } = resultOf(logIn);
    const headers = { authorization: `Bearer ${account.token}` };
    const traffic = startTraffic(() =>
      fetch(`${url}/v1/models`, { headers, signal: AbortSignal.timeout(30_000) }),
    );
    onEnd(async () => {
      findings.traffic = await traffic.stop();
      const aws = resultOf(startAws);
      findings.timeline = { tasks: await aws.timeline(), traffic: await aws.traffic() };
    });
    return traffic;
  },
  describe: () => 'until all releases are through',
};

export const countFailedRequests: Scenario<TrafficCounts> = {
  name: 'count-failed-requests',
  summary: 'count the requests that failed under the load',
  needs: [load],
  concludes: load,
  run: async ({ resultOf }) => expectAllServed(await resultOf(load).stop()),
  describe: ({ requests, failed, answeredByBrokenRelease }) =>
    `${failed} of ${requests}; ${answeredByBrokenRelease} answered 5xx by a broken release itself`,
};

/** @throws Error if a request failed, or a broken release answered for too long */
function expectAllServed(counts: TrafficCounts): TrafficCounts {
  const { requests, failed, answeredByBrokenRelease, examples } = counts;
  if (failed > 0) throw new Error(`${failed} of ${requests}:\n${examples.join('\n')}`);
  if (answeredByBrokenRelease > mostFromBrokenRelease)
    throw new Error(`A broken release answered ${answeredByBrokenRelease} requests with 5xx.`);
  return counts;
}
