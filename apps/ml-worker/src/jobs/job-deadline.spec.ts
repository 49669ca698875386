import { DomainError, type CallOptions } from '@clarity/domain';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { askFor, delivery, workplace } from '../../test/queued-analysis';
import { UnanswerableWeek } from '../inference/judged-inference';
import { handleJob } from './handle-job';

interface Late {
  readonly resolve: (embeddings: readonly Float32Array[]) => void;
  readonly reject: (reason: Error) => void;
}

describe('a job that passes its deadline comes again later, and counts as an outage', () => {
  /** A job whose calls hang until they are given up, as those of a cloud that is silent. */
  const hanging = (_: unknown, options: CallOptions = {}) =>
    new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new DomainError('unavailable', 'given up'));
      options.signal?.addEventListener('abort', giveUp);
    });

  test('while it reads its input', async () => {
    const { cloud, handling, logged } = workplace();
    const { analysis } = await askFor(cloud);
    jest.spyOn(cloud.objects, 'get').mockImplementation(hanging);
    const extend = jest.spyOn(cloud.analysisJobs, 'extend');
    const job = await delivery(cloud);
    expect(await handleJob(job, { ...handling, deadlineMs: 50 })).toBe(false);
    expect(logged().at(-1)).toMatchObject({ kind: 'outage', settlement: 'postpone' });
    expect(extend.mock.calls).toEqual([[job.receipt, 60]]);
    expect(await cloud.healthData.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
  });

  test.each<[string, (settle: Late) => void]>([
    ['an answer', ({ resolve }) => resolve([new Float32Array(96)])],
    ['a failure', ({ reject }) => reject(new UnanswerableWeek(new Error('kernel crashed')))],
  ])('while the model computes: %s that comes later changes nothing', async (_, answer) => {
    const { cloud, handling, inference } = workplace();
    const { analysis } = await askFor(cloud);
    let answerLate = () => {};
    const embedding = new Promise<readonly Float32Array[]>((resolve, reject) => {
      answerLate = () => answer({ resolve, reject });
    });
    jest.spyOn(inference, 'embed').mockReturnValue(embedding);
    expect(await handleJob(await delivery(cloud), { ...handling, deadlineMs: 50 })).toBe(false);
    answerLate();
    await embedding.catch(() => undefined);
    await nextTurn();
    expect(await cloud.healthData.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
    expect(cloud.objects.keys()).toEqual([analysis.input.key]);
  });
});
