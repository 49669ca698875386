import { cursorKeys } from './cursor-keys';

const [newest, before] = [{ arn: 'key' }, { arn: 'key', stage: 'AWSPREVIOUS' }];

describe('cursorKeys', () => {
  it('returns only the newest key outside a renewal', () => {
    expect(cursorKeys('key', { version: 1, previous: 'none' })).toEqual({ CURSOR_KEY: newest });
  });

  it('returns both keys during a renewal, so that tasks verify the new one before any signs with it', () => {
    expect(cursorKeys('key', { version: 2, previous: 'signs' })).toEqual({
      CURSOR_KEY: before,
      CURSOR_KEY_PREVIOUS: newest,
    });
    expect(cursorKeys('key', { version: 2, previous: 'opens' })).toEqual({
      CURSOR_KEY: newest,
      CURSOR_KEY_PREVIOUS: before,
    });
  });

  it.each([
    ['signs', 'opens'],
    ['opens', 'none'],
  ] as const)('lets tasks of the steps %s and %s verify each other’s cursors', (one, other) => {
    const opens = (previous: typeof one | typeof other) =>
      Object.values(cursorKeys('key', { version: 2, previous }));
    const signs = (previous: typeof one | typeof other) =>
      cursorKeys('key', { version: 2, previous })['CURSOR_KEY'];
    expect(opens(one)).toContainEqual(signs(other));
    expect(opens(other)).toContainEqual(signs(one));
  });
});
