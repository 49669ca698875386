import fc from 'fast-check';
import { minutesPerWeek } from './analysis';
import { decodeCounts, encodeCounts } from './counts-codec';

describe('the counts codec', () => {
  it('gives back a week of f32 to the bit, missing minutes included', () => {
    const week = fc.float32Array({ minLength: minutesPerWeek, maxLength: minutesPerWeek });
    fc.assert(
      fc.property(week, (counts) => {
        expect(decodeCounts(encodeCounts(counts))).toEqual(counts);
      }),
      { numRuns: 10 },
    );
  });

  it('is little-endian', () => {
    expect(encodeCounts([1, NaN])).toBe(
      Buffer.from([0, 0, 128, 63, 0, 0, 192, 127]).toString('base64'),
    );
  });

  it.each([
    ['a minute too few', new Array(minutesPerWeek - 1).fill(0)],
    ['a minute too many', new Array(minutesPerWeek + 1).fill(0)],
    ['nothing', []],
  ])('refuses %s', (_, counts: number[]) => {
    expect(decodeCounts(encodeCounts(counts))).toBeUndefined();
  });

  it('refuses text that is not base64', () => {
    expect(decodeCounts('not base64!')).toBeUndefined();
  });
});
