import { parseUserId, type UserId } from '@clarity/domain';
import fc from 'fast-check';
import { signedCursors, type CursorScope } from './signed-cursor';

const ada = parseUserId('ada') as UserId;
const bob = parseUserId('bob') as UserId;
const scope: CursorScope = { userId: ada, route: 'samples', query: { type: 'mood', from: '1' } };
const cursors = signedCursors('0123456789abcdef0123456789abcdef');

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
    const others = signedCursors('f'.repeat(32));
    expect(() => cursors.open(others.seal('place', scope), scope)).toThrow('Start again');
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
