import { randomUUID } from 'node:crypto';
import type { UserId } from '../ids';
import type { HealthDataRepository, SampleQuery } from '../ports/health-data-repository';
import type { CallOptions } from '../ports/call-options';
import { timed, type Sample } from '../sample';
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

  const add = async (userId: UserId, samples: readonly Sample[], options?: CallOptions) =>
    repository.addSamples(userId, samples.map(timed), options);

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
      await add(userId, samples);
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
      await add(userId, [sample]);
      expect((await find(userId, { type: sample.type })).items).toEqual([sample]);
    });

    it('answers an empty batch and an empty range', async () => {
      const userId = aUser();
      expect(await add(userId, [])).toEqual([]);
      expect(await find(userId)).toEqual({ items: [] });
    });

    it('recognises a repeated id, within a batch and between batches, and keeps the first', async () => {
      const userId = aUser();
      const first = aSample({ value: 1 });
      const second = { ...first, value: 2 };
      expect(await add(userId, [first, aSample(), second])).toEqual([
        'created',
        'created',
        'duplicate',
      ]);
      expect(await add(userId, [second])).toEqual(['duplicate']);
      const { items } = await find(userId);
      expect(items).toHaveLength(2);
      expect(items).toContainEqual(first);
    });

    it('is safe to repeat: the same batch again changes nothing', async () => {
      const userId = aUser();
      const batch = someMinutes(day, 90);
      expect(new Set(await add(userId, batch))).toEqual(new Set(['created']));
      expect(new Set(await add(userId, batch))).toEqual(new Set(['duplicate']));
      expect((await find(userId)).items).toEqual(batch);
    });

    it('takes a sample for the same only if id, type and start are', async () => {
      const [userId, other] = [aUser(), aUser()];
      const sample = aSample();
      const mood = { ...sample, type: 'mood', value: 7, unit: '{score}' } as const;
      const later = { ...sample, start: '2026-03-02T12:00:30Z' };
      const dayAfter = { ...sample, start: '2026-03-03T12:00:00Z', end: '2026-03-03T12:01:00Z' };
      const others = [mood, later, dayAfter];
      expect(await add(userId, [sample, ...others])).toEqual(new Array(4).fill('created'));
      expect(await add(userId, others)).toEqual(new Array(3).fill('duplicate'));
      const sameInstant = { ...sample, start: '2026-03-02T14:00:00.000+02:00', value: 1 };
      expect(await add(userId, [sameInstant])).toEqual(['duplicate']);
      expect(await add(other, [sample])).toEqual(['created']);
    });

    it('keeps users apart', async () => {
      const [mine, theirs] = [aUser(), aUser()];
      await add(mine, someMinutes(day, 3));
      await add(theirs, someMinutes(day, 5));
      expect((await find(mine)).items).toHaveLength(3);
      expect((await find(theirs)).items).toHaveLength(5);
      expect((await find(aUser())).items).toHaveLength(0);
    });

    it('keeps types apart, also if one name begins with the other', async () => {
      const userId = aUser();
      const heartRate = aSample({ type: 'heart_rate', value: 60, unit: '/min' });
      const variability = aSample({ type: 'heart_rate_variability_sdnn', value: 50, unit: 'ms' });
      await add(userId, [heartRate, variability]);
      expect((await find(userId, { type: 'heart_rate' })).items).toEqual([heartRate]);
    });

    it('finds by instant, with any offset, with from included and to left out', async () => {
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
      await add(userId, [after, last, first, before]);
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
      await add(userId, shuffled.slice(0, 100));
      await add(userId, shuffled.slice(100));
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
      await add(userId, samples);
      const pages = await readAll(userId, { to: day + 48 * hours, limit: 4 });
      expect(pages.map((page) => page.length)).toEqual([4, 4, 4, 4, 4, 4]);
      const whole = await find(userId, { to: day + 48 * hours });
      expect(pages.flat()).toEqual(whole.items);
      expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(24);
    });

    it('pages over days without data and says which page is the last', async () => {
      const userId = aUser();
      const days = [0, 1, 40, 200, 364].map((n) => someMinutes(day + n * 24 * hours, 1)).flat();
      await add(userId, days);
      const pages = await readAll(userId, { to: day + 366 * 24 * hours, limit: 2 });
      expect(pages.flat()).toEqual(days);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    });

    it('continues a page after samples were added before and behind it', async () => {
      const userId = aUser();
      const minutes = someMinutes(day + 6 * hours, 10);
      await add(userId, minutes);
      const first = await find(userId, { limit: 5 });
      await add(userId, someMinutes(day, 5));
      const late = someMinutes(day + 23 * hours, 1);
      await add(userId, late);
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
      const outcomes = await Promise.all(batches.map((batch) => add(userId, batch)));
      expect(new Set(outcomes.flat())).toEqual(new Set(['created']));
      expect((await find(userId)).items).toEqual(batches.flat());
    });

    it('creates each sample once when the same batch races itself', async () => {
      const userId = aUser();
      const batch = [...someMinutes(day, 20), ...someMinutes(day + 24 * hours, 20)];
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => add(userId, batch)));
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
      await add(userId, known);
      const outcomes = await add(userId, week.toReversed());
      expect(outcomes).toHaveLength(10_080);
      expect(outcomes.flatMap((each, n) => (each === 'duplicate' ? [n] : []))).toEqual([
        10_079 - 5000,
        10_079 - 17,
      ]);
      const { items } = await find(userId, { to: day + 7 * 24 * hours, limit: 20_000 });
      expect(items).toEqual(week);
    });

    it('takes any number of samples of one instant, and pages through them', async () => {
      const userId = aUser();
      const crowd = Array.from({ length: 3_000 }, (_, n) => aSample({ value: n }));
      expect(new Set(await add(userId, crowd.slice(0, 2_000)))).toEqual(new Set(['created']));
      expect(await add(userId, crowd.slice(1_990))).toEqual([
        ...new Array<string>(10).fill('duplicate'),
        ...new Array<string>(1_000).fill('created'),
      ]);
      const pages = await readAll(userId, { limit: 700 });
      const inOrder = crowd.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(pages.map((page) => page.length)).toEqual([700, 700, 700, 700, 200]);
      expect(pages.flat()).toEqual(inOrder);
    });

    it('keeps order and every sample if they come backwards, one by one and in bulk', async () => {
      const userId = aUser();
      const minutes = someMinutes(day, 600);
      for (let to = 600; to > 40; to -= 40) await add(userId, minutes.slice(to - 40, to));
      for (let n = 39; n >= 0; n--) await add(userId, minutes.slice(n, n + 1));
      expect((await find(userId)).items).toEqual(minutes);
      expect(new Set(await add(userId, minutes))).toEqual(new Set(['duplicate']));
      const between = minutes.map((each) => ({ ...each, id: randomUUID(), end: each.start }));
      expect(new Set(await add(userId, between))).toEqual(new Set(['created']));
      expect((await find(userId)).items).toHaveLength(1_200);
    });

    it('serves 50 writers of one day, refuses none, and creates each sample once', async () => {
      const userId = aUser();
      const minutes = someMinutes(day, 1_000);
      const batches = Array.from({ length: 50 }, (_, n) => minutes.slice(n * 20, n * 20 + 25));
      const outcomes = await Promise.all(batches.map((batch) => add(userId, batch)));
      const created = outcomes.flat().filter((outcome) => outcome === 'created');
      expect(created).toHaveLength(1_000);
      expect((await find(userId)).items).toEqual(minutes);
    });

    it('ends at once if no caller waits any more, and a repeat stores the rest', async () => {
      const userId = aUser();
      const minutes = someMinutes(day, 100);
      const options = { signal: AbortSignal.abort() };
      await expect(add(userId, minutes, options)).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(repository.findSamples(userId, wholeDay, options)).rejects.toMatchObject({
        kind: 'unavailable',
      });
      await add(userId, minutes);
      expect((await find(userId)).items).toEqual(minutes);
    });

    it('answers the writer whose companion gave up while both waited', async () => {
      const userId = aUser();
      const minutes = someMinutes(day, 300);
      const hasty = new AbortController();
      const first = add(userId, minutes.slice(0, 100));
      const abandoned = add(userId, minutes.slice(100, 200), { signal: hasty.signal });
      const patient = add(userId, minutes.slice(200));
      hasty.abort();
      await abandoned.catch(() => undefined);
      expect(new Set([...(await first), ...(await patient)])).toEqual(new Set(['created']));
      await add(userId, minutes);
      expect((await find(userId)).items).toEqual(minutes);
    });

    it('is not fooled by ids that differ only in the last digit', async () => {
      const userId = aUser();
      const stem = randomUUID().slice(0, -1);
      const samples = [...'0123456789abcdef'].map((digit) => aSample({ id: stem + digit }));
      expect(new Set(await add(userId, samples))).toEqual(new Set(['created']));
      expect((await find(userId)).items).toEqual(samples);
    });
  });
}
