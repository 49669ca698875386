import { consoleReporter } from '../../io/reporter';
import { PipelineError } from '../../core/errors';
import { connectGitHub, githubOptions } from '../../core/github/client';
import { commentsOf } from '../../core/github/comments';
import { currentJob, pullRequestEvent } from '../../core/github/job';
import { findReports, readReport } from '../../core/plan-report/report';
import { runComment } from './show-plan';

export interface CommentOptions {
  /** Number; by default that of the event that the workflow runs for. */
  readonly pullRequest?: string;
  /** Path of plan-report.json, or of a folder with those of several environments. */
  readonly report?: string;
  readonly reports?: string;
  /** Default: GITHUB_REPOSITORY. */
  readonly repository?: string;
  /** Login that our comments are by. */
  readonly author: string;
}

/** `pipeline comment`: shows plans in their pull request, each environment's always in the same comment. */
export async function comment(options: CommentOptions, signal: AbortSignal): Promise<void> {
  const reporter = consoleReporter();
  const reports = await Promise.all((await reportPaths(options)).map(readReport));
  const number = pullRequestNumber(options.pullRequest);
  const settings = githubOptions(process.env, options.repository);
  const comments = commentsOf(connectGitHub({ ...settings, reporter, signal }), number);
  for (const report of reports) {
    const { url } = await runComment(comments, currentJob(), { report, author: options.author });
    reporter.step(`plan of ${report.environment}: ${url}`);
  }
}

async function reportPaths({ report, reports }: CommentOptions): Promise<readonly string[]> {
  if (report !== undefined) return [report];
  if (reports !== undefined) return findReports(reports);
  throw new PipelineError('usage', 'Give --report <path> or --reports <folder>.');
}

function pullRequestNumber(given: string | undefined): number {
  const number = given === undefined ? pullRequestEvent()?.number : Number(given);
  if (number !== undefined && Number.isInteger(number) && number > 0) return number;
  throw new PipelineError(
    'usage',
    given === undefined ? 'This run is not for a pull request.' : `"${given}" is no pull request.`,
    'Give --pull-request <number>.',
  );
}
