import type { Comment, Comments } from '../../core/github/comments';
import type { Job } from '../../core/github/job';
import { asComment, asSummary, renderReport } from '../../core/plan-report/render';
import type { ReadReport } from '../../core/plan-report/report';
import { planMarker } from '../../core/plan-report/marker';
import { upsertComment } from './upsert-comment';

/** Puts a plan where its reviewers are: in the one comment of the pull request, in full in the summary. */
export async function runComment(
  comments: Comments,
  job: Job,
  { report, author }: { report: ReadReport; author: string },
): Promise<Comment> {
  await job.summarise(renderReport(report, asSummary));
  const { comment, action } = await upsertComment(comments, {
    author,
    marker: planMarker(report.environment),
    body: renderReport(report, asComment(job.runUrl)).trimEnd(),
  });
  job.output('comment-id', String(comment.id));
  job.output('comment-url', comment.url);
  job.output('comment-action', action);
  job.output('fingerprint', report.fingerprint);
  for (const { stack, status } of report.stacks)
    if (status === 'failed') job.annotate('error', `${stack} could not be planned.`, 'Plan');
  return comment;
}
