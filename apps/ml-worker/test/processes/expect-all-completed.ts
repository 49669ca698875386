import type { Analysis } from '@clarity/domain';
import { eventually } from '@clarity/host';
import type { embeddedCloud } from './embedded-cloud';

/** Waits until no job is left, and expects that every analysis is completed and no message died. */
export async function expectAllCompleted(
  aws: Awaited<ReturnType<typeof embeddedCloud>>,
  asked: readonly Analysis[],
): Promise<void> {
  const done = async () => (await aws.jobsLeft()) === 0 || undefined;
  await eventually(done, { limitMs: 180_000, pauseMs: 50, what: 'An empty queue' });
  for (const { userId, id } of asked)
    expect(await aws.cloud.healthData.findAnalysis(userId, id)).toMatchObject({
      status: 'completed',
    });
  expect(await aws.deadLetters()).toEqual([]);
}
