import { cursorKeys } from './cursor-keys';

const [newest, before] = [{ arn: 'key' }, { arn: 'key', stage: 'AWSPREVIOUS' }];

describe('the keys of cursors', () => {
  it('are the newest alone while none is renewed', () => {
    expect(cursorKeys('key', { version: 1, previous: 'none' })).toEqual({ CURSOR_KEY: newest });
  });

  it('are both during a renewal: tasks can open the new one before any task signs with it', () => {
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
  ] as const)('let tasks of the steps %s and %s open what the other signs', (one, other) => {
    const opens = (previous: typeof one | typeof other) =>
      Object.values(cursorKeys('key', { version: 2, previous }));
    const signs = (previous: typeof one | typeof other) =>
      cursorKeys('key', { version: 2, previous })['CURSOR_KEY'];
    expect(opens(one)).toContainEqual(signs(other));
    expect(opens(other)).toContainEqual(signs(one));
  });
});
