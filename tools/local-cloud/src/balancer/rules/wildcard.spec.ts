import fc from 'fast-check';
import { matchesWildcard } from './wildcard';

const meaning = (part: string) =>
  part === '*'
    ? '[^]*'
    : part === '?'
      ? '[^]'
      : `\\u{${part.at(-1)?.codePointAt(0)?.toString(16)}}`;
const asRegExp = (pattern: string) =>
  new RegExp(`^${(pattern.match(/\\[*?\\]|[^]/g) ?? []).map(meaning).join('')}$`, 'u');

it('agrees with the regular expression of the same meaning', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '\\') });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '?', '\\') });
  fc.assert(
    fc.property(pattern, text, (wanted, sent) => {
      expect(matchesWildcard(wanted, sent)).toBe(asRegExp(wanted).test(sent));
    }),
  );
});

it('takes an escaped star for a star', () => {
  expect(matchesWildcard('a\\*', 'a*')).toBe(true);
  expect(matchesWildcard('a\\*', 'ab')).toBe(false);
});

it('is not slowed down by many stars', () => {
  expect(matchesWildcard('*a'.repeat(30), `${'a'.repeat(5_000)}b`)).toBe(false);
});
