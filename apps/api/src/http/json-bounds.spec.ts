import fc from 'fast-check';
import { exceededBound } from './json-bounds';

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>((sum, member) => sum + membersOf(member), members.length);
}

function containersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, member) => sum + containersOf(member), 1);
}

const bound = (maxDepth: number, maxMembers: number) => ({ maxDepth, maxMembers });

describe('the bounds of a JSON document', () => {
  it('are exact in depth, with any texts', () => {
    const texts = fc.string({ unit: fc.constantFrom('[', '{', '}', '"', '\\', ',', 'é', '😀') });
    const json = fc.oneof(fc.jsonValue(), fc.jsonValue({ stringUnit: 'binary' }), texts);
    fc.assert(
      fc.property(fc.dictionary(texts, json), (value) => {
        const depth = depthOf(value);
        expect(exceededBound(bytesOf(value), bound(depth, 1e9))).toBeUndefined();
        expect(exceededBound(bytesOf(value), bound(depth - 1, 1e9))).toBe('maxDepth');
      }),
    );
  });

  it('never let more members pass than allowed, and count each container once more at most', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const [members, containers] = [membersOf(value), containersOf(value)];
        if (members > 0)
          expect(exceededBound(bytesOf(value), bound(1e9, members - 1))).toBe('maxMembers');
        expect(exceededBound(bytesOf(value), bound(1e9, members + containers))).toBeUndefined();
      }),
    );
  });

  it('do not throw on bytes that are not JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        exceededBound(bytes, bound(8, 8));
      }),
    );
  });
});
