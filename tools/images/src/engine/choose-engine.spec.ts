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
])('%s: the test is skipped with the reason, even if it may install', (_, machine) => {
  expect(chooseEngine({ ...machine, mayInstall: true })).toMatchObject({
    kind: 'skip',
    reason: expect.stringContaining('only root on Debian'),
  });
});

test('no second engine is started if the client of the first cannot build', () => {
  const machine = { ...debianRoot, hasEngine: true, mayInstall: true };
  expect(chooseEngine(machine)).toMatchObject({
    kind: 'skip',
    reason: expect.stringContaining('Buildx'),
  });
});
