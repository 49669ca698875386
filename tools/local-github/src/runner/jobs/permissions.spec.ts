import { beyond, forkPermissions, readPermissions, within } from './permissions';

test('what a block does not name is not granted', () => {
  expect(readPermissions({ contents: 'read', issues: 'none' })).toEqual({ contents: 'read' });
  expect(readPermissions({})).toEqual({});
});

test('read-all is refused: it is never the least', () => {
  expect(() => readPermissions('read-all')).toThrow('each permission');
});

test('a fork reads, and gets no identity', () => {
  const asked = { contents: 'write', 'id-token': 'write', 'pull-requests': 'write' } as const;
  expect(within(asked, forkPermissions)).toEqual({ contents: 'read', 'pull-requests': 'read' });
});

test('a called workflow that asks for more than its caller has is found', () => {
  expect(beyond({ 'id-token': 'write' }, { contents: 'read' })).toEqual(['id-token: write']);
  expect(beyond({ issues: 'write' }, { issues: 'read' })).toEqual(['issues: write']);
});
