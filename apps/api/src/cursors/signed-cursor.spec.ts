import { parseUserId, type UserId } from '@clarity/domain';
import fc from 'fast-check';
import { signedCursors, type CursorScope } from './signed-cursor';

const ada = parseUserId('ada') as UserId;
const bob = parseUserId('bob') as UserId;
const scope: CursorScope = { userId: ada, route: 'samples', query: { type: 'mood', from: '1' } };
const key = '0123456789abcdef0123456789abcdef';
const cursors = signedCursors({ current: key });

describe('signed cursors', () => {
  it('give back the place that was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (after) => {
        expect(cursors.open(cursors.seal(after, scope), scope)).toBe(after);
      }),
    );
  });

  it.each<[string, Partial<CursorScope>]>([
    ['another user', { userId: bob }],
    ['another route', { route: 'analyses' }],
    ['another query', { query: { type: 'mood', from: '2' } }],
  ])('do not open for %s', (_what, other) => {
    const cursor = cursors.seal('place', scope);
    expect(() => cursors.open(cursor, { ...scope, ...other })).toThrow('Start again');
  });

  it('do not open under another key', () => {
    const others = signedCursors({ current: 'f'.repeat(32) });
    expect(() => cursors.open(others.seal('place', scope), scope)).toThrow('Start again');
  });

  it('open in every process while the key is renewed, and under the old key no longer than that', () => {
    const renewed = 'f'.repeat(32);
    const before = cursors;
    const introduced = signedCursors({ current: key, previous: renewed });
    const switched = signedCursors({ current: renewed, previous: key });
    const after = signedCursors({ current: renewed });
    // Each step is rolled out: at any time two of its neighbours serve the same client.
    for (const [one, other] of [
      [before, introduced],
      [introduced, switched],
      [switched, after],
    ] as const) {
      expect(other.open(one.seal('place', scope), scope)).toBe('place');
      expect(one.open(other.seal('place', scope), scope)).toBe('place');
    }
    expect(() => after.open(before.seal('place', scope), scope)).toThrow('Start again');
  });

  it('are sealed with the current key only', () => {
    const previous = 'f'.repeat(32);
    const both = signedCursors({ current: key, previous });
    expect(both.seal('place', scope)).toBe(cursors.seal('place', scope));
  });

  it('open for nothing that was made up or altered', () => {
    const genuine = cursors.seal('place', scope);
    fc.assert(
      fc.property(fc.oneof(fc.string(), alteration(genuine)), (text) => {
        fc.pre(text !== genuine);
        expect(() => cursors.open(text, scope)).toThrow('Start again');
      }),
    );
  });
});

/** The text with one bit of meaning changed: base64url's last character may carry spare bits. */
function alteration(text: string): fc.Arbitrary<string> {
  return fc
    .record({ at: fc.nat(text.length - 2), by: fc.constantFrom('A', 'z', '0', '_', '.') })
    .filter(({ at, by }) => text[at] !== by && text[at + 1] !== '.')
    .map(({ at, by }) => text.slice(0, at) + by + text.slice(at + 1));
}
