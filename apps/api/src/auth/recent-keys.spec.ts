import fc from 'fast-check';
import { recentKeys } from './recent-keys';

it('remembers the keys that were added last, and no more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (added, limit) => {
        const keys = recentKeys(limit);
        for (const key of added) keys.add(key);
        const latest = [...new Set(added.toReversed())].slice(0, limit);
        for (const key of 'abcdefgh') expect(keys.has(key)).toBe(latest.includes(key));
      },
    ),
  );
});
