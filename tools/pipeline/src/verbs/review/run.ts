import { approvedChangesOf } from '../../core/approval/approved-changes';
import type { Start } from '../../core/context';
import type { EnvironmentName } from '../../core/environment';
import { asSummary, renderReport } from '../../core/plan-report/render';
import { readReport, reportPath } from '../../core/plan-report/report';
import { fenceFor, visible } from '../../core/plan-report/safe-text';
import { currentCommit } from '../../io/git';
import { isReviewed } from './is-reviewed';
import { reviewedPlan } from './reviewed-plan';

export interface ReviewOptions {
  readonly env: EnvironmentName;
  readonly commit: string | undefined;
  readonly repository: string | undefined;
  /** Login that plan comments are by. */
  readonly author: string;
}

/**
 * `pipeline review`: was the plan that `plan` has just made reviewed in the pull request of this commit?
 * If not, that is a result and not a failure: the workflow then asks for the environment's approval.
 */
export async function reviewPlan(
  { workspace, reporter, job, connectGitHub }: Start,
  { env: environment, author, repository, ...options }: ReviewOptions,
  output: (name: 'reviewed' | 'changes', value: string) => void,
): Promise<void> {
  const report = await readReport(reportPath(workspace, environment));
  const commit =
    options.commit ?? process.env['GITHUB_SHA'] ?? (await currentCommit(workspace.root));
  const seen = await reviewedPlan(connectGitHub(repository), { commit, environment, author });

  const { reviewed, why } = isReviewed(report, seen);
  output('reviewed', String(reviewed));
  output('changes', JSON.stringify(approvedChangesOf(report)));
  for (const line of why.split('\n')) reporter.info(line);
  if (reviewed) return;
  job.annotate('notice', why, `${environment}: not reviewed`);
  // The approvers have not seen the plan anywhere else.
  const lines = why.split('\n').map(visible);
  const fence = fenceFor(lines);
  await job.summarise(`${fence}text\n${lines.join('\n')}\n${fence}\n`);
  await job.summarise(renderReport(report, asSummary));
}
