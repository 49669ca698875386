import fc from 'fast-check';
import { isUuid } from './uuid';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

it('tells UUIDs from all other texts, as the pattern does', () => {
  const almost = fc
    .record({ uuid: fc.uuid(), at: fc.nat(36), other: fc.string({ unit: 'binary', maxLength: 2 }) })
    .map(({ uuid, at, other }) => uuid.slice(0, at) + other + uuid.slice(at + 1));
  const upper = fc.uuid().map((uuid) => uuid.toUpperCase());
  fc.assert(
    fc.property(fc.oneof(fc.uuid(), upper, almost, fc.string()), (text) => {
      expect(isUuid(text)).toBe(pattern.test(text));
    }),
    { numRuns: 2_000 },
  );
});
