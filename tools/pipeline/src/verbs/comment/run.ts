import type { Start } from '../../core/context';
import { PipelineError } from '../../errors';
import { commentsOf } from '../../core/github/comments';
import { pullRequestEvent } from '../../core/github/job';
import { planMarker } from '../../core/plan-report/marker';
import { asComment, asSummary, renderReport } from '../../core/plan-report/render';
import { findReports, readReport } from '../../core/plan-report/report';
import { upsertComment } from './upsert-comment';

export interface CommentOptions {
  /** Path of a plan-report.json, or of a folder with those of several environments. */
  readonly report: string | undefined;
  readonly reports: string | undefined;
  /** By default the pull request of the event that the workflow runs for. */
  readonly pullRequest: number | undefined;
  readonly repository: string | undefined;
  /** Login that our comments are by. */
  readonly author: string;
}

type OutputName = 'comment-id' | 'comment-url' | 'comment-action';

/**
 * `pipeline comment`: shows plans to their reviewers, in one comment per environment and in full in the
 * job summary.
 */
export async function commentOnPullRequest(
  { reporter, job, connectGitHub }: Start,
  options: CommentOptions,
  output: (name: OutputName, value: string) => void,
): Promise<void> {
  const { author, repository, pullRequest = pullRequestEvent()?.number } = options;
  const reports = await Promise.all((await reportPaths(options)).map(readReport));
  if (pullRequest === undefined)
    throw new PipelineError(
      'usage',
      'This run is not for a pull request.',
      'Give --pull-request <number>.',
    );
  const comments = commentsOf(connectGitHub(repository), pullRequest);
  for (const report of reports) {
    await job.summarise(renderReport(report, asSummary));
    const { comment, action } = await upsertComment(comments, {
      author,
      marker: planMarker(report.environment),
      body: renderReport(report, asComment(job.runUrl)).trimEnd(),
    });
    output('comment-id', String(comment.id));
    output('comment-url', comment.url);
    output('comment-action', action);
    for (const { stack, status } of report.stacks)
      if (status === 'failed') job.annotate('error', `${stack} could not be planned.`, 'Plan');
    reporter.step(`plan of ${report.environment}: ${comment.url}`);
  }
}

async function reportPaths({ report, reports }: CommentOptions): Promise<readonly string[]> {
  if (report !== undefined) return [report];
  if (reports !== undefined) return findReports(reports);
  throw new PipelineError('usage', 'Give --report <path> or --reports <folder>.');
}
