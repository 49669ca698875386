import { analysisRequestedSchema, DomainError, type Analysis } from '@clarity/domain';
import { anAnalysis, aUser, inMemoryCloud, type InMemoryCloud } from '@clarity/domain/testing';
import { jsonParser } from '@clarity/schema';
import { createLogger } from '@clarity/telemetry';
import { handleDeadLetter } from './handle-dead-letter';
import { sweepAnalyses } from './sweep-analyses';
import { tendDeadLetters } from './tend-dead-letters';

const now = Date.UTC(2026, 2, 9, 8);
const parseMessage = jsonParser('queue message', analysisRequestedSchema);

function workplace() {
  const time = { now };
  const cloud = inMemoryCloud({ now: () => time.now });
  const lines: string[] = [];
  const log = createLogger('api', 'info', { write: (line: string) => void lines.push(line) });
  const context = { cloud, clock: () => time.now, log };
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { time, cloud, context, logged };
}

const messageOf = (analysis: Analysis, changes: object = {}) =>
  JSON.stringify({
    schema: 1,
    type: 'analysis.requested',
    analysisId: analysis.id,
    userId: analysis.userId,
    input: analysis.input,
    model: analysis.model,
    requestedAt: analysis.requestedAt,
    ...changes,
  });
async function queued(cloud: InMemoryCloud, changes: Partial<Analysis> = {}): Promise<Analysis> {
  const analysis = anAnalysis(changes);
  await cloud.healthData.createAnalysis(analysis);
  return analysis;
}
async function deadLetter(cloud: InMemoryCloud, body: string) {
  cloud.deadLetters.send(body);
  const [job] = await cloud.deadLetters.receive({ max: 1, waitSeconds: 0 });
  if (job === undefined) throw new Error('No dead letter is visible.');
  return job;
}
const find = (cloud: InMemoryCloud, { userId, id }: Analysis) =>
  cloud.healthData.findAnalysis(userId, id);

test('a job goes back to the workers three times, later each time; then its analysis has failed', async () => {
  const { time, cloud, context } = workplace();
  const analysis = await queued(cloud);
  let body = messageOf(analysis, { priority: 'of a later release' });
  for (const [redrives, delaySeconds] of [60, 300, 900].entries()) {
    await handleDeadLetter(await deadLetter(cloud, body), context);
    expect(cloud.deadLetters.pending).toEqual([]);
    time.now += (delaySeconds - 1) * 1_000;
    expect(await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 })).toEqual([]);
    time.now += 1_000;
    const [job] = await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 });
    body = job?.body ?? '';
    expect(parseMessage(body)).toMatchObject({ analysisId: analysis.id, redrives: redrives + 1 });
    expect(JSON.parse(body)).toMatchObject({ priority: 'of a later release' });
    await cloud.analysisJobs.complete(job?.receipt ?? '');
    expect((await find(cloud, analysis))?.status).toBe('queued');
  }
  await handleDeadLetter(await deadLetter(cloud, body), context);
  expect(cloud.deadLetters.pending).toEqual([]);
  expect(cloud.analysisJobs.pending).toEqual([]);
  expect(await find(cloud, analysis)).toMatchObject({
    status: 'failed',
    failure: { code: 'not-processed', detail: expect.stringMatching(/Ask for a new/) as string },
  });
});

test('a job is not lost if the call after its redrive fails', async () => {
  const { cloud, context } = workplace();
  const analysis = await queued(cloud);
  const job = await deadLetter(cloud, messageOf(analysis));
  jest
    .spyOn(cloud.deadLetters, 'complete')
    .mockRejectedValueOnce(new DomainError('unavailable', ''));
  await expect(handleDeadLetter(job, context)).rejects.toMatchObject({ kind: 'unavailable' });
  expect([cloud.analysisJobs.pending.length, cloud.deadLetters.pending.length]).toEqual([1, 1]);
});

describe('nothing is done, and the letter goes,', () => {
  test.each<[string, (cloud: InMemoryCloud) => Promise<string>]>([
    ['for noise', async () => 'noise with a secret'],
    ['for a user without that analysis', async () => messageOf(anAnalysis({ userId: aUser() }))],
    [
      'for an analysis that has ended',
      async (cloud) => {
        const analysis = await queued(cloud);
        const end = { status: 'cancelled', endedAt: analysis.requestedAt } as const;
        await cloud.healthData.endAnalysis(analysis.userId, analysis.id, end);
        return messageOf(analysis);
      },
    ],
  ])('%s', async (_, bodyOf) => {
    const { cloud, context, logged } = workplace();
    const job = await deadLetter(cloud, await bodyOf(cloud));
    await handleDeadLetter(job, context);
    expect([cloud.analysisJobs.pending, cloud.deadLetters.pending]).toEqual([[], []]);
    expect(logged()).toMatchObject([{ messageId: job.messageId, dead: 'drop' }]);
    expect(JSON.stringify(logged())).not.toContain('secret');
  });
});

test('a letter of a newer release is kept for it', async () => {
  const { cloud, context } = workplace();
  const analysis = await queued(cloud);
  await handleDeadLetter(await deadLetter(cloud, messageOf(analysis, { schema: 2 })), context);
  expect(cloud.deadLetters.pending).toHaveLength(1);
  expect((await find(cloud, analysis))?.status).toBe('queued');
});

test('what is queued for more than a day ends once, however many processes sweep', async () => {
  const { cloud, context } = workplace();
  const at = (hours: number) => ({ requestedAt: new Date(now - hours * 3_600_000).toISOString() });
  const old = await Promise.all(Array.from({ length: 60 }, () => queued(cloud, at(25))));
  const young = await queued(cloud, at(23));
  const sweep = () => sweepAnalyses(cloud.healthData, context.clock, context.log);
  const ended = await Promise.all([sweep(), sweep()]);
  expect(ended.reduce((sum, count) => sum + count)).toBe(60);
  for (const analysis of old) expect((await find(cloud, analysis))?.status).toBe('failed');
  expect((await find(cloud, young))?.status).toBe('queued');
});

test('in the background it sweeps, handles letters, and ends when it is stopped', async () => {
  const { cloud, context } = workplace();
  const old = await queued(cloud, { requestedAt: '2020-01-01T00:00:00.000Z' });
  const analysis = await queued(cloud);
  cloud.deadLetters.send(messageOf(analysis));
  const stop = new AbortController();
  const tending = tendDeadLetters(context, stop.signal);
  while (cloud.analysisJobs.pending.length === 0 || (await find(cloud, old))?.status === 'queued')
    await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await tending;
  expect(cloud.deadLetters.pending).toEqual([]);
});

test('a sweep that is under way does not hold up the end of the process', async () => {
  const { cloud, context } = workplace();
  const stop = new AbortController();
  jest.spyOn(cloud.deadLetters, 'receive').mockResolvedValueOnce([]);
  const findQueued = jest.spyOn(cloud.healthData, 'findQueued').mockImplementation(
    (_before, _limit, options) =>
      new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  const tending = tendDeadLetters(context, stop.signal);
  while (findQueued.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await tending;
});
