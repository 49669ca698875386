import type { Analysis, AnalysisFailure, AnalysisOutcome } from '../analysis';
import { newAnalysisId } from '../ids';
import type { HealthDataRepository } from '../ports/health-data-repository';
import { anAnalysis, anObjectRef, aUser } from './builders';

const endedAt = '2026-03-09T08:01:00.000Z';

export function describeAnalyses(
  factory: () => HealthDataRepository | Promise<HealthDataRepository>,
): void {
  let repository: HealthDataRepository;
  beforeAll(async () => {
    repository = await factory();
  });

  async function created(overrides: Partial<Analysis> = {}): Promise<Analysis> {
    const analysis = anAnalysis(overrides);
    await repository.createAnalysis(analysis);
    return analysis;
  }

  describe('analyses', () => {
    it('gives back what was created', async () => {
      const analysis = await created();
      expect(await repository.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
    });

    it('lets the same creation be repeated, as after an answer that was lost', async () => {
      const analysis = await created();
      await repository.createAnalysis({ ...analysis });
      expect(await repository.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
    });

    it('refuses an id that exists and leaves the first as it was', async () => {
      const analysis = await created();
      const again = repository.createAnalysis({ ...analysis, from: '2025-01-01' });
      await expect(again).rejects.toMatchObject({ kind: 'conflict' });
      expect(await repository.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
    });

    it("does not find another user's analysis, nor end it", async () => {
      const analysis = await created();
      const stranger = aUser();
      expect(await repository.findAnalysis(stranger, analysis.id)).toBeUndefined();
      expect(await repository.listAnalyses(stranger, { limit: 10 })).toEqual({ items: [] });
      await expect(
        repository.endAnalysis(stranger, analysis.id, { status: 'cancelled', endedAt }),
      ).rejects.toMatchObject({ kind: 'not-found' });
      expect(await repository.findAnalysis(analysis.userId, analysis.id)).toEqual(analysis);
    });

    it('lists newest first, page by page', async () => {
      const userId = aUser();
      const ids = [3, 1, 5, 2, 4].map((n) => newAnalysisId(Date.UTC(2026, 0, n)));
      for (const id of ids) await created({ userId, id });
      const newestFirst = ids.toSorted().toReversed();

      const first = await repository.listAnalyses(userId, { limit: 2 });
      const second = await repository.listAnalyses(userId, { limit: 2, after: first.next ?? '' });
      const third = await repository.listAnalyses(userId, { limit: 2, after: second.next ?? '' });
      const pages = [first, second, third].map(({ items }) => items.map(({ id }) => id));
      expect(pages).toEqual([
        newestFirst.slice(0, 2),
        newestFirst.slice(2, 4),
        newestFirst.slice(4),
      ]);
      expect(third.next).toBeUndefined();
      const exact = await repository.listAnalyses(userId, { limit: 5 });
      expect(exact.items).toHaveLength(5);
      expect(exact.next).toBeUndefined();
    });

    it('refuses a cursor that it did not make', async () => {
      const page = { limit: 2, after: 'not a cursor' };
      await expect(repository.listAnalyses(aUser(), page)).rejects.toMatchObject({
        kind: 'invalid-input',
      });
    });

    const outcomes: AnalysisOutcome[] = [
      { status: 'completed', endedAt, result: anObjectRef('analyses/1/result.json') },
      { status: 'failed', endedAt, failure: { code: 'invalid-input', detail: 'no data · ∅' } },
      { status: 'cancelled', endedAt },
    ];
    it.each(outcomes)('ends as $status exactly once', async (outcome) => {
      const analysis = await created();
      const end = (with_: AnalysisOutcome) =>
        repository.endAnalysis(analysis.userId, analysis.id, with_);
      expect(await end(outcome)).toBe('recorded');
      for (const late of outcomes)
        expect(await end({ ...late, endedAt: '2026-03-09T09:00:00.000Z' })).toBe('already-ended');
      expect(await repository.findAnalysis(analysis.userId, analysis.id)).toEqual({
        ...analysis,
        ...outcome,
      });
    });

    it('records one of several ends that race', async () => {
      const analysis = await created();
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, second) =>
          repository.endAnalysis(analysis.userId, analysis.id, {
            status: 'cancelled',
            endedAt: `2026-03-09T08:00:0${second}.000Z`,
          }),
        ),
      );
      expect(answers.filter((answer) => answer === 'recorded')).toHaveLength(1);
      const winner = answers.indexOf('recorded');
      const { endedAt: recorded } =
        (await repository.findAnalysis(analysis.userId, analysis.id)) ?? analysis;
      expect(recorded).toBe(`2026-03-09T08:00:0${winner}.000Z`);
    });

    it('reads a failure of a later release, as after a rollback', async () => {
      const { userId, id } = await created();
      const failure = {
        code: 'of-a-later-release',
        detail: 'Unknown here.',
      } as unknown as AnalysisFailure;
      await repository.endAnalysis(userId, id, { status: 'failed', endedAt, failure });
      const { items } = await repository.listAnalyses(userId, { limit: 10 });
      expect(items).toMatchObject([{ id, failure }]);
    });

    it('finds what is queued for long, of all users, the oldest first', async () => {
      const at = (minute: string) => `1999-01-01T00:${minute}:00.000Z`;
      const [second, first, ended, late] = [
        await created({ requestedAt: at('02') }),
        await created({ requestedAt: at('01') }),
        await created({ requestedAt: at('00') }),
        await created({ requestedAt: at('03') }),
      ];
      await repository.endAnalysis(ended.userId, ended.id, { status: 'cancelled', endedAt });
      const queuedBefore = async (before: string) => {
        const found = (await repository.findQueued(before, 1_000)).map(({ id }) => id);
        // Others may have created some, too.
        return found.filter((id) => [first, second, ended, late].some((each) => each.id === id));
      };
      expect(await queuedBefore(at('03'))).toEqual([first.id, second.id]);
      expect(await queuedBefore(at('04'))).toEqual([first.id, second.id, late.id]);
      expect(await repository.findQueued(at('04'), 1)).toHaveLength(1);
    });

    it('does not end what was never created', async () => {
      const { userId, id } = anAnalysis();
      await expect(
        repository.endAnalysis(userId, id, { status: 'cancelled', endedAt }),
      ).rejects.toMatchObject({ kind: 'not-found' });
      expect(await repository.findAnalysis(userId, id)).toBeUndefined();
    });
  });
}
