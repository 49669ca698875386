import fc from 'fast-check';
import { medianWithInterval } from './median-interval';

const numbered = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

// Of the binomial distribution for 15 with p = 0.5, up to 3 has 1.8 %, up to 4 has 5.9 %: 3 are left out at each end.
test.each([
  [6, { median: 3.5, from: 1, to: 6 }],
  [9, { median: 5, from: 2, to: 8 }],
  [15, { median: 8, from: 4, to: 12 }],
  [25, { median: 13, from: 8, to: 18 }],
])('of %i values', (count, expected) => {
  expect(medianWithInterval(numbered(count).toReversed())).toEqual(expected);
});

test('five values have no interval that is sure enough', () => {
  expect(medianWithInterval(numbered(5))).toEqual({ median: 3, from: NaN, to: NaN });
});

test('the median is within its interval', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 6, maxLength: 60 }), (values) => {
      const { median, from, to } = medianWithInterval(values);
      expect(from).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(to);
    }),
  );
});
