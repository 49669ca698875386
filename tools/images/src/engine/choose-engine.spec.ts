import { chooseEngine, type Machine } from './choose-engine';

const bare: Machine = {
  hasClient: false,
  hasEngine: false,
  isRoot: false,
  hasApt: false,
  mayInstall: false,
};
const debianRoot: Machine = { ...bare, isRoot: true, hasApt: true };

test('an engine that is there is used, and nothing is installed', () => {
  const machine = { ...debianRoot, hasClient: true, hasEngine: true, mayInstall: true };
  expect(chooseEngine(machine)).toEqual({ kind: 'use' });
});

test('nothing is installed without being asked for', () => {
  expect(chooseEngine({ ...debianRoot, mayInstall: true })).toEqual({ kind: 'own' });
  expect(chooseEngine(debianRoot)).toMatchObject({
    kind: 'skip',
    reason: expect.stringContaining('--install'),
  });
});

test.each([
  ['not root', { ...bare, hasApt: true }],
  ['not Debian', { ...bare, isRoot: true }],
])('%s: the test is skipped and says why, even if it may install', (_, machine) => {
  expect(chooseEngine({ ...machine, mayInstall: true })).toMatchObject({
    kind: 'skip',
    reason: expect.stringContaining('only root on Debian'),
  });
});

test('an engine whose client cannot build is no reason to start another one', () => {
  const machine = { ...debianRoot, hasEngine: true, mayInstall: true };
  expect(chooseEngine(machine)).toMatchObject({
    kind: 'skip',
    reason: expect.stringContaining('Buildx'),
  });
});
