import { currentCommit } from '../../io/git';
import { consoleReporter } from '../../io/reporter';
import { findWorkspace } from '../../io/workspace';
import type { EnvironmentName } from '../../core/environment';
import { connectGitHub, githubOptions } from '../../core/github/client';
import { currentJob } from '../../core/github/job';
import { asSummary, renderReport } from '../../core/plan-report/render';
import { readReport, reportPath } from '../../core/plan-report/report';
import { fenceFor, visible } from '../../core/plan-report/safe-text';
import { approvedChangesOf } from '../../core/approval/approved-changes';
import { reviewedPlan } from './reviewed-plan';
import { judge } from './is-reviewed';

export interface ReviewOptions {
  readonly commit?: string;
  /** Default: GITHUB_REPOSITORY. */
  readonly repository?: string;
  /** Login that plan comments are by. */
  readonly author: string;
}

/**
 * `pipeline review`: was what `plan` planned just now reviewed in the pull request of this commit? That
 * it was not is an answer, no failure: the workflow then asks for the environment's approval.
 */
export async function review(
  environment: EnvironmentName,
  options: ReviewOptions,
  signal: AbortSignal,
): Promise<void> {
  const reporter = consoleReporter();
  const job = currentJob();
  const workspace = findWorkspace();
  const report = await readReport(reportPath(workspace, environment));
  const commit =
    options.commit ?? process.env['GITHUB_SHA'] ?? (await currentCommit(workspace.root));
  const settings = githubOptions(process.env, options.repository);
  const github = connectGitHub({ ...settings, reporter, signal });
  const reviewed = await reviewedPlan(github, { commit, environment, author: options.author });

  const judgement = judge(report, reviewed);
  job.output('reviewed', String(judgement.reviewed));
  job.output('changes', JSON.stringify(approvedChangesOf(report)));
  for (const line of judgement.why.split('\n')) reporter.info(line);
  if (judgement.reviewed) return;
  job.annotate('notice', judgement.why, `${environment}: not reviewed`);
  // Whoever is asked to approve it has not seen it anywhere yet.
  const lines = judgement.why.split('\n').map(visible);
  const fence = fenceFor(lines);
  await job.summarise(`${fence}text\n${lines.join('\n')}\n${fence}\n`);
  await job.summarise(renderReport(report, asSummary));
}
