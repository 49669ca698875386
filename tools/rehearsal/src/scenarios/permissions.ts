import { neverExercised } from '../permissions/never-exercised';
import {
  permissionsRecord,
  unexplained,
  type PermissionsRecord,
} from '../permissions/permissions-record';
import { deploy } from './deploy';
import { driftRepaired } from './drift-schedule';
import { killedWorker } from './killed-worker';
import { planAgain } from './plan-again';
import { rollbackDispatch } from './rollback-dispatch';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';
import { trace } from './trace';

export const permissions: Scenario<PermissionsRecord> = {
  name: 'permissions',
  summary: 'compare what the roles asked for with what their policies allow',
  needs: [deploy],
  after: [trace, planAgain, killedWorker, rollbackDispatch, driftRepaired],
  async run({ findings, resultOf }) {
    const aws = resultOf(startAws);
    const record = permissionsRecord(
      await aws.permissions(),
      await aws.permissionRemovals(),
      neverExercised,
    );
    findings.permissions = record;
    if (record.denied.length > 0)
      throw new Error(record.denied.map(({ reason, count }) => `${count} × ${reason}`).join('\n'));
    return record;
  },
  describe: (record) =>
    `${record.calls} calls by roles, ${record.denied.length} denied; ${record.statements.filter(({ exercised }) => exercised).length} of ${record.statements.length} statements exercised, ${unexplained(record).length} others without a reason`,
};
