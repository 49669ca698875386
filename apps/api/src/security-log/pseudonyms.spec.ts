import fc from 'fast-check';
import { pseudonyms } from './pseudonyms';

const key = 'a key of tests that is long enough to be one';
const names = pseudonyms(key);

describe('pseudonyms', () => {
  it('are the same for every spelling of a mail address, and for a network of one client', () => {
    expect(names.account('Ada@Example.ORG')).toBe(names.account('ada@example.org'));
    expect(names.address('2001:db8::1')).toBe(names.address('2001:db8::ffff:2'));
    expect(names.address('::ffff:192.0.2.1')).toBe(names.address('192.0.2.1'));
  });

  it('keep people, addresses and kinds of names apart', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.emailAddress(), (one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        expect(names.account(one)).not.toBe(names.account(other));
        expect(names.account(one).split(':')[1]).not.toBe(names.user(one).split(':')[1]);
      }),
    );
  });

  it('hold nothing of what they stand for, and mean nothing without the key', () => {
    const named = names.account('ada@example.org');
    expect(named).toMatch(/^account:[A-Za-z0-9_-]{16}$/);
    expect(pseudonyms(`${key}!`).account('ada@example.org')).not.toBe(named);
  });

  it('are there for a client that has gone away', () => {
    expect(names.address(undefined)).toMatch(/^address:/);
  });
});
