import { DomainError, type Analysis } from '@clarity/domain';
import { inMemoryCloud } from '@clarity/domain/testing';
import { handleJob } from '../src/jobs/handle-job';
import { afterAttempt, nextReceiveStep, noFailures } from '../src/jobs/receive-policy';
import { askFor, workplace } from './queued-analysis';

const analyses = 200;
const outageMs = 10 * 60_000;
const room = 4;

/** Two workers on a simulated clock, which stands still while they work. */
test.each([analyses, 1])('ten minutes without S3 cost none of %d analyses', async (count) => {
  let now = 0;
  const cloud = inMemoryCloud({ now: () => now });
  const { handling, logged } = workplace(cloud);
  const asked: Analysis[] = [];
  for (let n = 0; n < count; n++) asked.push((await askFor(cloud)).analysis);
  const { get } = cloud.objects;
  jest.spyOn(cloud.objects, 'get').mockImplementation(async (...args) => {
    if (now < outageMs) throw new DomainError('unavailable', 'S3 did not answer as it should.');
    return get(...args);
  });

  const workers = [{ breaker: noFailures }, { breaker: noFailures }];
  while (cloud.analysisJobs.pending.length > 0) {
    for (const worker of workers) {
      const step = nextReceiveStep(worker.breaker, 0, room, now);
      if (step.kind !== 'receive') continue;
      for (const job of await cloud.analysisJobs.receive({ max: step.max, waitSeconds: 0 }))
        worker.breaker = afterAttempt(worker.breaker, await handleJob(job, handling), now);
    }
    now += 1_000;
    if (now > outageMs * 6) throw new Error('The queue is not empty an hour later.');
  }

  expect(cloud.analysisJobs.deadLetters).toEqual([]);
  const ends = await Promise.all(
    asked.map(({ userId, id }) => cloud.healthData.findAnalysis(userId, id)),
  );
  expect(ends.every((end) => end?.status === 'completed')).toBe(true);
  const failed = logged().filter(({ kind }) => kind === 'outage');
  expect(failed.length).toBeLessThan(50);
});
