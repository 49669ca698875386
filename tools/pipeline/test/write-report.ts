import { dirname } from 'node:path';
import { keepPlans } from '../src/verbs/plan/kept-plans';
import type { PlanDocument } from '../src/core/plan-report/plan-document';
import type { PlanJson } from '../src/core/terraform/plan-json';
import { reportPath, type PlanReport } from '../src/core/plan-report/report';
import type { Workspace } from '../src/io/workspace';
import { summarisePlan } from '../src/core/terraform/plan-summary';
import { testStack } from './test-stack';

/** A plan that creates one queue. */
export const createsQueue = (name: string) =>
  ({
    applyable: true,
    resource_changes: [
      {
        address: `aws_sqs_queue.${name}`,
        type: 'aws_sqs_queue',
        change: { actions: ['create' as const], after: { name } },
      },
    ],
  }) satisfies PlanJson;

/** Writes the report of a `plan` of the data stack; without a plan, that of a plan that failed. */
export async function writeReport(
  workspace: Workspace,
  environment: string,
  plan: PlanDocument | undefined,
): Promise<PlanReport> {
  const { keep, writeReport: write } = await keepPlans(
    dirname(reportPath(workspace, environment)),
    { mask: () => undefined, key: 'test' },
  );
  const of = { environment, commit: 'abc' };
  if (!plan)
    return write(of, [{ stack: 'data', status: 'failed', reason: 'Error: no credentials' }]);
  await keep(testStack('data'), plan);
  return write(of, [{ stack: 'data', status: 'planned', summary: summarisePlan(plan) }]);
}
