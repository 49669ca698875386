import { parseSample } from '@clarity/domain';
import fc from 'fast-check';
import week from '../../data/week.json';
import { lastFullWeek, samplesOf, type RecordedWeek } from './week-of-data';

const recorded = week as unknown as RecordedWeek;

test('a recorded week becomes samples that the API accepts', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  const { from, samples } = samplesOf(recorded, now, 'Europe/Berlin');
  expect(from).toBe('2026-11-16');
  expect(samples).toHaveLength(10_080 + 1);
  expect(samples[0]).toMatchObject({ start: '2026-11-15T23:00:00.000Z', type: 'activity_count' });
  const rejected = samples.filter((sample) => !parseSample(sample, now.getTime()).ok);
  expect(rejected).toEqual([]);
});

test('the last full week starts on a Monday and is over in every time zone', () => {
  const instants = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (now) => {
      const monday = new Date(`${lastFullWeek(now)}T00:00:00Z`);
      expect(monday.getUTCDay()).toBe(1);
      const daysSinceItsEnd = (now.getTime() - monday.getTime()) / 86_400_000 - 7;
      expect(daysSinceItsEnd).toBeGreaterThanOrEqual(1);
      expect(daysSinceItsEnd).toBeLessThan(8);
    }),
  );
});
