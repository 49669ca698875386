import { randomUUID } from 'node:crypto';
import type { UserId } from '../ids';
import type { HealthDataRepository, SampleQuery } from '../ports/health-data-repository';
import type { Sample } from '../sample';
import { aSample, aUser, someMinutes } from './builders';

const day = Date.UTC(2026, 2, 2);
const hours = 3_600_000;
const wholeDay = { type: 'activity_count', from: day, to: day + 24 * hours, limit: 5000 } as const;

export function describeSamples(
  factory: () => HealthDataRepository | Promise<HealthDataRepository>,
): void {
  let repository: HealthDataRepository;
  beforeAll(async () => {
    repository = await factory();
  });

  const find = async (userId: UserId, query: Partial<SampleQuery> = {}) =>
    repository.findSamples(userId, { ...wholeDay, ...query });

  async function readAll(userId: UserId, query: Partial<SampleQuery>): Promise<Sample[][]> {
    const pages: Sample[][] = [];
    let after: string | undefined;
    do {
      const page = await find(userId, { ...query, ...(after !== undefined && { after }) });
      pages.push([...page.items]);
      after = page.next;
    } while (after !== undefined && pages.length < 1000);
    return pages;
  }

  describe('samples', () => {
    it('gives back what was stored, to the letter', async () => {
      const userId = aUser();
      const samples: Sample[] = [
        aSample({ start: '2026-03-02T14:00:00.123456+02:00', end: '2026-03-02t12:01:00.5z' }),
        aSample({ value: 0.1 + 0.2, source: 'Ręcznie · 手動 · 🙂', device: 'Watch "7,2"' }),
        aSample({ start: '2026-03-02T12:00:00-00:00', value: 999_999.999 }),
      ];
      await repository.addSamples(userId, samples);
      const { items } = await find(userId);
      expect(new Map(items.map((item) => [item.id, item]))).toEqual(
        new Map(samples.map((sample) => [sample.id, sample])),
      );
    });

    it.each([
      aSample({
        type: 'blood_pressure',
        value: { systolic: 121.5, diastolic: 80 },
        unit: 'mm[Hg]',
      }),
      aSample({ type: 'sleep_analysis', value: 'in_bed', unit: '1' }),
      aSample({ type: 'body_temperature', value: 36.6, unit: 'Cel' }),
    ])('keeps values of $type', async (sample) => {
      const userId = aUser();
      await repository.addSamples(userId, [sample]);
      expect((await find(userId, { type: sample.type })).items).toEqual([sample]);
    });

    it('answers an empty batch and an empty range', async () => {
      const userId = aUser();
      expect(await repository.addSamples(userId, [])).toEqual([]);
      expect(await find(userId)).toEqual({ items: [] });
    });

    it('recognises a repeated id, within a batch and between batches, and keeps the first', async () => {
      const userId = aUser();
      const first = aSample({ value: 1 });
      const second = { ...first, value: 2 };
      expect(await repository.addSamples(userId, [first, aSample(), second])).toEqual([
        'created',
        'created',
        'duplicate',
      ]);
      expect(await repository.addSamples(userId, [second])).toEqual(['duplicate']);
      const { items } = await find(userId);
      expect(items).toHaveLength(2);
      expect(items).toContainEqual(first);
    });

    it('is safe to repeat: the same batch again changes nothing', async () => {
      const userId = aUser();
      const batch = someMinutes(day, 90);
      expect(new Set(await repository.addSamples(userId, batch))).toEqual(new Set(['created']));
      expect(new Set(await repository.addSamples(userId, batch))).toEqual(new Set(['duplicate']));
      expect((await find(userId)).items).toEqual(batch);
    });

    it('takes the same id for another type, another UTC day and another user', async () => {
      const [userId, other] = [aUser(), aUser()];
      const sample = aSample();
      const mood = { ...sample, type: 'mood', value: 7, unit: '{score}' } as const;
      const dayAfter = { ...sample, start: '2026-03-03T12:00:00Z', end: '2026-03-03T12:01:00Z' };
      expect(await repository.addSamples(userId, [sample, mood, dayAfter])).toEqual(
        new Array(3).fill('created'),
      );
      expect(await repository.addSamples(other, [sample])).toEqual(['created']);
    });

    it('keeps users apart', async () => {
      const [mine, theirs] = [aUser(), aUser()];
      await repository.addSamples(mine, someMinutes(day, 3));
      await repository.addSamples(theirs, someMinutes(day, 5));
      expect((await find(mine)).items).toHaveLength(3);
      expect((await find(theirs)).items).toHaveLength(5);
      expect((await find(aUser())).items).toHaveLength(0);
    });

    it('keeps types apart, also where one name begins with the other', async () => {
      const userId = aUser();
      const heartRate = aSample({ type: 'heart_rate', value: 60, unit: '/min' });
      const variability = aSample({ type: 'heart_rate_variability_sdnn', value: 50, unit: 'ms' });
      await repository.addSamples(userId, [heartRate, variability]);
      expect((await find(userId, { type: 'heart_rate' })).items).toEqual([heartRate]);
    });

    it('finds by instant, whatever the offset, with from included and to left out', async () => {
      const userId = aUser();
      const before = aSample({ start: '2026-03-02T23:59:59.999Z', end: '2026-03-03T00:01:00Z' });
      const first = aSample({
        start: '2026-03-03T01:00:00+01:00',
        end: '2026-03-03T01:01:00+01:00',
      });
      const last = aSample({
        start: '2026-03-02T22:30:01-01:30',
        end: '2026-03-02T22:31:00-01:30',
      });
      const after = aSample({ start: '2026-03-04T00:00:00Z', end: '2026-03-04T00:01:00Z' });
      await repository.addSamples(userId, [after, last, first, before]);
      const next = { from: day + 24 * hours, to: day + 48 * hours };
      expect((await find(userId, next)).items).toEqual([first, last]);
      expect((await find(userId, { from: next.from, to: next.from })).items).toEqual([]);
      expect((await find(userId, { from: next.from, to: next.from + 1 })).items).toEqual([first]);
      expect((await find(userId, { to: next.from })).items).toEqual([before]);
    });

    it('orders by start, then id, across batches and days', async () => {
      const userId = aUser();
      const sameMinute = Array.from({ length: 5 }, () => aSample());
      const minutes = [...someMinutes(day + 20 * hours, 300), ...sameMinute];
      const shuffled = minutes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      await repository.addSamples(userId, shuffled.slice(0, 100));
      await repository.addSamples(userId, shuffled.slice(100));
      const { items } = await find(userId, { to: day + 72 * hours });
      const expected = minutes.toSorted(
        (a, b) => Date.parse(a.start) - Date.parse(b.start) || (a.id < b.id ? -1 : 1),
      );
      expect(items).toEqual(expected);
    });

    it('pages without loss or repetition, also between samples of one instant', async () => {
      const userId = aUser();
      const sameInstant = Array.from({ length: 7 }, () => aSample());
      const samples = [...someMinutes(day, 8), ...sameInstant, ...someMinutes(day + 30 * hours, 9)];
      await repository.addSamples(userId, samples);
      const pages = await readAll(userId, { to: day + 48 * hours, limit: 4 });
      expect(pages.map((page) => page.length)).toEqual([4, 4, 4, 4, 4, 4]);
      const whole = await find(userId, { to: day + 48 * hours });
      expect(pages.flat()).toEqual(whole.items);
      expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(24);
    });

    it('pages over days without data and says which page is the last', async () => {
      const userId = aUser();
      const days = [0, 1, 40, 200, 364].map((n) => someMinutes(day + n * 24 * hours, 1)).flat();
      await repository.addSamples(userId, days);
      const pages = await readAll(userId, { to: day + 366 * 24 * hours, limit: 2 });
      expect(pages.flat()).toEqual(days);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    });

    it('continues a page after samples were added before and behind it', async () => {
      const userId = aUser();
      const minutes = someMinutes(day + 6 * hours, 10);
      await repository.addSamples(userId, minutes);
      const first = await find(userId, { limit: 5 });
      await repository.addSamples(userId, someMinutes(day, 5));
      const late = someMinutes(day + 23 * hours, 1);
      await repository.addSamples(userId, late);
      const rest = await find(userId, { limit: 100, after: first.next ?? '' });
      expect(rest.items).toEqual([...minutes.slice(5), ...late]);
    });

    it('refuses a cursor that it did not make', async () => {
      await expect(find(aUser(), { after: 'not a cursor' })).rejects.toMatchObject({
        kind: 'invalid-input',
      });
    });

    it('loses nothing when writers of the same day race', async () => {
      const userId = aUser();
      const batches = Array.from({ length: 8 }, (_, n) => someMinutes(day + n * hours, 30));
      const outcomes = await Promise.all(
        batches.map((batch) => repository.addSamples(userId, batch)),
      );
      expect(new Set(outcomes.flat())).toEqual(new Set(['created']));
      expect((await find(userId)).items).toEqual(batches.flat());
    });

    it('creates each sample once when the same batch races itself', async () => {
      const userId = aUser();
      const batch = [...someMinutes(day, 20), ...someMinutes(day + 24 * hours, 20)];
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => repository.addSamples(userId, batch)),
      );
      for (const place of batch.keys())
        expect(outcomes.map((each) => each[place]).toSorted()).toEqual([
          'created',
          'duplicate',
          'duplicate',
          'duplicate',
        ]);
      expect((await find(userId, { to: day + 48 * hours })).items).toHaveLength(40);
    });

    it('takes a week of minutes in one call and answers in the order of the call', async () => {
      const userId = aUser();
      const week = someMinutes(day, 10_080);
      const known = [week[5000]!, week[17]!];
      await repository.addSamples(userId, known);
      const outcomes = await repository.addSamples(userId, week.toReversed());
      expect(outcomes).toHaveLength(10_080);
      expect(outcomes.flatMap((each, n) => (each === 'duplicate' ? [n] : []))).toEqual([
        10_079 - 5000,
        10_079 - 17,
      ]);
      const { items } = await find(userId, { to: day + 7 * 24 * hours, limit: 20_000 });
      expect(items).toEqual(week);
    });

    it('is not fooled by ids that differ only in the last digit', async () => {
      const userId = aUser();
      const stem = randomUUID().slice(0, -1);
      const samples = [...'0123456789abcdef'].map((digit) => aSample({ id: stem + digit }));
      expect(new Set(await repository.addSamples(userId, samples))).toEqual(new Set(['created']));
      expect((await find(userId)).items).toEqual(samples);
    });
  });
}
