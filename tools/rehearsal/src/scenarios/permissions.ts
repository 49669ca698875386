import { neverExercised } from '../permissions/never-exercised';
import {
  permissionsRecord,
  stale,
  unexplained,
  type PermissionsRecord,
} from '../permissions/permissions-record';
import { deploy } from './deploy';
import { driftRepaired } from './drift-schedule';
import { inference } from './inference';
import { killedWorker } from './killed-worker';
import { planAgain } from './plan-again';
import { promotion } from './promotion';
import { rollbackDispatch } from './rollback-dispatch';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';
import { trace } from './trace';

const everyUseOfRoles: readonly Scenario[] = [
  trace,
  inference,
  promotion,
  planAgain,
  killedWorker,
  rollbackDispatch,
  driftRepaired,
];

export const permissions: Scenario<PermissionsRecord> = {
  name: 'permissions',
  summary: 'compare what the roles asked for with what their policies allow',
  needs: [deploy],
  after: everyUseOfRoles,
  async run({ findings, resultOf, hasRun }) {
    const aws = resultOf(startAws);
    const record = permissionsRecord(
      await aws.permissions(),
      await aws.permissionRemovals(),
      neverExercised,
    );
    findings.permissions = record;
    if (record.denied.length > 0)
      throw new Error(record.denied.map(({ reason, count }) => `${count} × ${reason}`).join('\n'));
    // A part of the rehearsal exercises a part of the statements.
    if (everyUseOfRoles.every(hasRun)) expectReasons(record);
    return record;
  },
  describe: (record) =>
    `${record.calls} calls by roles, ${record.denied.length} denied; ${record.statements.filter(({ exercised }) => exercised).length} of ${record.statements.length} statements exercised, ${unexplained(record).length} others without a reason`,
};

/** @throws Error naming statements that nothing used and no reason explains, and reasons that explain nothing */
function expectReasons(record: PermissionsRecord): void {
  const lines = [
    ...unexplained(record).map(
      ({ role, sid }) => `${role} never used ${sid}: remove it, or give a reason.`,
    ),
    ...stale(record, neverExercised).map(
      ({ role, sid }) => `${role} ${sid}: remove the reason, which explains no statement.`,
    ),
  ];
  if (lines.length > 0)
    throw new Error(
      [...lines, 'Reasons: tools/rehearsal/src/permissions/never-exercised.ts'].join('\n'),
    );
}
