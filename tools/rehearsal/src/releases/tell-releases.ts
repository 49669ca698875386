import type { EmbeddedAws } from '../cloud/embedded-aws';
import type { Findings } from '../report/report';
import { expectAllCompleted, killTheWorker } from '../story/killed-worker';
import type { Story } from '../story/step';
import type { User } from '../story/use-the-api';
import { deployVariant, rollBackTo, type ReleaseStory } from './release-story';
import type { Variant } from './release-variants';
import { startTraffic, type TrafficCounts } from './traffic';

export interface ReleasesOptions {
  readonly later: readonly Variant[];
  readonly user: User;
  readonly signal: AbortSignal;
  /** What is rolled back to by hand in the end. */
  readonly back: { readonly id: string; readonly name: string };
  readonly releases: ReleaseStory;
}

/** The most that a broken release may answer itself before its alarm takes it away. */
const mostFromBrokenRelease = 2_000;

/** Good and broken releases under load, a killed worker, and the way back. */
export async function tellReleases(
  story: Story,
  findings: Findings,
  aws: EmbeddedAws,
  { later, user, signal, back, releases }: ReleasesOptions,
): Promise<void> {
  const work = { ...user, story, aws, signal };
  const headers = { authorization: `Bearer ${user.account.token}` };
  const traffic = startTraffic(() =>
    fetch(`${user.url}/v1/models`, { headers, signal: AbortSignal.timeout(30_000) }),
  );
  try {
    const analyses = await killTheWorker(work);
    for (const variant of later) await deployVariant(variant, releases);
    await rollBackTo(back.id, back.name, releases);
    await expectAllCompleted(analyses, work);
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
    throw new Error(`v5 itself answered ${traffic.answeredByBrokenRelease} with 5xx.`);
  return traffic;
}

function describe({ requests, failed, answeredByBrokenRelease }: TrafficCounts): string {
  return `${failed} of ${requests}; ${answeredByBrokenRelease} answered 5xx by v5 itself`;
}
