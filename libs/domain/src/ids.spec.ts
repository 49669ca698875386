import fc from 'fast-check';
import { newAnalysisId, parseAnalysisId, parseUserId } from './ids';

describe('parseUserId', () => {
  it.each(['b6e8c9d0-0000-4000-8000-000000000000', 'us_er-1', 'x'.repeat(128)])(
    'accepts %s',
    (id) => {
      expect(parseUserId(id)).toBe(id);
    },
  );

  it.each(['', 'a#b', 'a/b', 'a b', 'ä', 'a\n', 'x'.repeat(129)])('refuses %p', (id) => {
    expect(parseUserId(id)).toBeUndefined();
  });
});

describe('analysis ids', () => {
  it('are made parseable, distinct, and sorted by time', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: Date.UTC(2500, 0) }), { minLength: 2 });
    fc.assert(
      fc.property(times, (instants) => {
        const ids = instants.toSorted((a, b) => a - b).map(newAnalysisId);
        expect(ids.map(parseAnalysisId)).toEqual(ids);
        expect(ids.toSorted()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it.each([
    '',
    '01ARZ3NDEKTSV4RRFFQ69G5FA',
    '81ARZ3NDEKTSV4RRFFQ69G5FAV',
    '01arz3ndektsv4rrffq69g5fav',
    '01ARZ3NDEKTSV4RRFFQ69G5FAU',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV#',
  ])('are not %p', (text) => {
    expect(parseAnalysisId(text)).toBeUndefined();
  });
});
