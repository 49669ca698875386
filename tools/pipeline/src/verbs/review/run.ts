import { approvedChangesOf } from '../../core/approval/approved-changes';
import { reviewKey } from '../../core/approval/review-key';
import type { AwsContext } from '../../core/context';
import type { GitHub } from '../../core/github/client';
import { hasReviewers } from '../../core/github/environments';
import { asSummary, renderReport } from '../../core/plan-report/render';
import { readReport, reportPath } from '../../core/plan-report/report';
import { fenceFor, visible } from '../../core/plan-report/safe-text';
import { readStacks } from '../../core/stacks/manifest';
import { outdirOf } from '../../core/stacks/synth';
import { PipelineError } from '../../errors';
import { contains, currentCommit } from '../../io/git';
import { commitsSince } from './commits-since';
import { heldBack } from './held-back';
import { isReviewed } from './is-reviewed';
import { reviewedPlans } from './reviewed-plans';

export interface ReviewOptions {
  readonly commit: string | undefined;
  readonly repository: string | undefined;
  /** Login that plan comments are by. */
  readonly author: string;
}

type Output = (name: 'reviewed' | 'changes', value: string) => void;

/** `pipeline review`, with the key of the account of the stacks that `plan` has just planned. */
export async function reviewEnvironment(
  context: AwsContext,
  options: ReviewOptions,
  output: Output,
): Promise<void> {
  const { workspace, environment, aws } = context;
  const stacks = await readStacks(outdirOf(workspace, environment, aws));
  await reviewPlan(context, { ...options, key: await reviewKey(context, stacks) }, output);
}

/**
 * Was the plan that `plan` has just made reviewed in the pull requests that were merged since the current release?
 * If not, that is a result and not a failure: the workflow then asks for the environment's approval.
 * @throws PipelineError `environment` if it is needed, and GitHub would not ask for it
 */
export async function reviewPlan(
  context: Omit<AwsContext, 'clients'>,
  { author, repository, key, ...options }: ReviewOptions & { readonly key: string },
  output: Output,
): Promise<void> {
  const { workspace, environment, reporter, job, connectGitHub, pointer } = context;
  const report = await readReport(reportPath(workspace, environment));
  const head = options.commit ?? process.env['GITHUB_SHA'] ?? (await currentCommit(workspace.root));
  const current = await pointer.read();
  const commits = await commitsSince(workspace.root, current?.gitSha, head);
  const query = { commits, environment, author, key };
  const github = connectGitHub(repository);
  const held = await heldBack(current, (left) => contains(workspace.root, left));
  const { reviewed, why } = held
    ? { reviewed: false, why: held }
    : isReviewed(report, await reviewedPlans(github, query));
  if (!reviewed) await assertApprovalIsAsked(github, `${environment}-approval`);
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

/** @throws PipelineError `environment` if the deploy would start without approval */
async function assertApprovalIsAsked(github: GitHub, environment: string): Promise<void> {
  if (await hasReviewers(github, environment)) return;
  throw new PipelineError(
    'environment',
    `The changes need approval, but the environment ${environment} of this repository has no required reviewers.`,
    'Add them on GitHub, under Settings, Environments.',
  );
}
