import type { PermissionsPage } from '@clarity/local-cloud/client';
import { permissionsRecord, stale, unexplained } from './permissions-record';

const role = 'arn:aws:iam::123456789012:role/clarity-github-deploy';
const statement = (sid: string, exercised: boolean) => ({
  role,
  policy: 'clarity-github-deploy-1',
  sid,
  exercised,
  actions: [],
});
const page: PermissionsPage = {
  mode: 'enforce',
  calls: 3,
  denied: [
    {
      action: 'ecs:UpdateService',
      resource: '*',
      role,
      reason: 'not authorized',
      count: 2,
      at: '2026-11-28T00:00:00Z',
    },
  ],
  unmapped: [],
  unsigned: [],
  principals: [{ arn: role, calls: 3 }],
  statements: [statement('Roll', true), statement('Delete', false), statement('FirstUse', false)],
  requests: [],
};
const removal = { role, policy: 'clarity-github-deploy-1', action: 'ecs:UpdateService' };
const removals = [
  { ...removal, exercised: true, noticed: true },
  { ...removal, exercised: true, noticed: false },
  { ...removal, exercised: false, noticed: false },
];
const known = [{ role: '*', sid: 'Delete', reason: 'the rehearsal destroys nothing' }];

test('denied calls are recorded with the role and the action', () => {
  expect(permissionsRecord(page, removals, known)).toMatchObject({
    enforced: true,
    calls: 3,
    removals: { actions: 2, noticed: 1 },
    denied: [{ role: 'clarity-github-deploy', action: 'ecs:UpdateService', count: 2 }],
  });
});

test('a statement that nothing exercised needs a reason', () => {
  const record = permissionsRecord(page, removals, known);
  expect(record.statements).toEqual([
    { role: 'clarity-github-deploy', sid: 'Roll', exercised: true },
    {
      role: 'clarity-github-deploy',
      sid: 'Delete',
      exercised: false,
      reason: 'the rehearsal destroys nothing',
    },
    { role: 'clarity-github-deploy', sid: 'FirstUse', exercised: false },
  ]);
  expect(unexplained(record).map(({ sid }) => sid)).toEqual(['FirstUse']);
});

test('a reason is stale if its statement is exercised or gone', () => {
  const about = (sid: string) => ({ role: 'clarity-*', sid, reason: 'none' });
  const reasons = ['Delete', 'Roll', 'Gone'].map(about);
  const record = permissionsRecord(page, removals, reasons);
  expect(stale(record, reasons).map(({ sid }) => sid)).toEqual(['Roll', 'Gone']);
});
