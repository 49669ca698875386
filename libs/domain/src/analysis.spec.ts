import { jsonParser } from '@clarity/schema';
import { hasEnded } from './analysis';
import { analysisRequestedSchema } from './analysis-documents';
import { anAnalysis, inMemoryCloud } from './testing';

describe('an analysis', () => {
  it.each([
    ['queued', false],
    ['completed', true],
    ['failed', true],
    ['cancelled', true],
  ] as const)('that is %s has ended: %s', (status, ended) => {
    expect(hasEnded(anAnalysis({ status }))).toBe(ended);
  });

  it('is asked for by a message that the worker can parse', async () => {
    const { events, analysisJobs } = inMemoryCloud();
    const { id, userId, input, model, requestedAt } = anAnalysis();
    const event = { userId, input, model, requestedAt, analysisId: id, schema: 1 } as const;
    await events.publish({ ...event, type: 'analysis.requested' });
    const [job] = await analysisJobs.receive({ max: 1, waitSeconds: 0 });
    expect(jsonParser('queue message', analysisRequestedSchema)(job?.body ?? '')).toMatchObject(
      event,
    );
  });
});
