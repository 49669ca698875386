import type { EmbeddedAws } from '../programs/embedded-aws';
import type { Findings } from '../report/report';
import type { Story } from '../progress/step';
import type { User } from './api-user';
import { startTraffic, type TrafficCounts } from '../clients/traffic';

/** The most that a broken release may answer itself before its alarm takes it away. */
const mostFromBrokenRelease = 2_000;

/**
 * Tells a part of the story while a user keeps asking.
 * @throws StepFailure also where a request failed
 */
export async function underLoad(
  story: Story,
  findings: Findings,
  aws: EmbeddedAws,
  { url, account }: User,
  tell: () => Promise<void>,
): Promise<void> {
  const headers = { authorization: `Bearer ${account.token}` };
  const traffic = startTraffic(() =>
    fetch(`${url}/v1/models`, { headers, signal: AbortSignal.timeout(30_000) }),
  );
  try {
    await tell();
  } finally {
    findings.traffic = await traffic.stop();
    findings.timeline = await aws.timeline().catch(() => ({ tasks: [], traffic: [] }));
  }
  await story.step('count the failed requests', async () => allServed(findings), describe);
}

function allServed({ traffic }: Findings): TrafficCounts {
  if (!traffic) throw new Error('There was no traffic.');
  if (traffic.failed > 0)
    throw new Error(`${traffic.failed} of ${traffic.requests}:\n${traffic.examples.join('\n')}`);
  if (traffic.answeredByBrokenRelease > mostFromBrokenRelease)
    throw new Error(`v3 itself answered ${traffic.answeredByBrokenRelease} with 5xx.`);
  return traffic;
}

function describe({ requests, failed, answeredByBrokenRelease }: TrafficCounts): string {
  return `${failed} of ${requests}; ${answeredByBrokenRelease} answered 5xx by v3 itself`;
}
